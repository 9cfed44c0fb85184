// What is written in a form, as one string: without hidden fields, files and buttons.
export const wordsOf = (form, data = new FormData(form)) => JSON.stringify([...data].filter(
  ([name, value]) => typeof value === "string" && form.elements[name]?.type !== "hidden",
));
