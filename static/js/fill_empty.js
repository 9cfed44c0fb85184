// button[data-fill-empty]: puts the words of each [data-fill="name"] into that box of its form,
// where the box is empty.
const emptyBoxes = (form) => [...form.querySelectorAll("[data-fill]")]
  .map((words) => [form.elements[words.dataset.fill], words.textContent])
  .filter(([box]) => !box.value.trim());

for (const button of document.querySelectorAll("button[data-fill-empty]")) {
  const { form } = button;
  const look = () => {
    button.hidden = !emptyBoxes(form).length;
  };
  button.addEventListener("click", () => {
    for (const [box, words] of emptyBoxes(form)) {
      box.value = words;
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  form.addEventListener("input", look);
  look();
}
