// form[data-keep-draft="12"]: what is typed stays in this browser until the server has it,
// and is offered back in [data-draft-offer]. data-kept on the form says that it is kept.
import { drop, keep, keyOf, left } from "./drafts.js";
import { wordsOf } from "./words.js";

const heading = (box) => (box.type === "radio"
  ? box.closest("fieldset").querySelector("legend")
  : box.labels[0]).textContent.trim();

// The box that a kept word belongs to; of several radios, the one it chooses.
const boxOf = (form, name, value) => {
  const found = form.elements[name];
  return found instanceof RadioNodeList ? [...found].find((each) => each.value === value) : found;
};

const line = (tag, words) => {
  const made = document.createElement(tag);
  made.className = tag === "dd" ? "words" : "";
  made.textContent = words;
  return made;
};

// The boxes where the draft says something else than the page.
const differences = (form, draft) => {
  const page = new Map(JSON.parse(wordsOf(form)));
  return JSON.parse(draft.words)
    .filter(([name, value]) => page.get(name) !== value)
    .map(([name, value]) => [boxOf(form, name, value), value])
    .filter(([box]) => box);
};

const describe = (offer, form, draft) => {
  const style = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" };
  const at = new Intl.DateTimeFormat(document.documentElement.lang, style).format(draft.at);
  offer.querySelector("[data-draft-time]").textContent = at;
  offer.querySelector("[data-draft-words]").replaceChildren(
    ...differences(form, draft).flatMap(([box, value]) => [
      line("dt", heading(box)),
      line("dd", box.type === "radio" ? box.labels[0].textContent.trim() : value || "—"),
    ]),
  );
};

const restore = (form, draft) => {
  for (const [box, value] of differences(form, draft)) {
    if (box.type === "radio") box.checked = true;
    else box.value = value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const keepDraft = (form) => {
  const item = form.dataset.keepDraft;
  const page = Date.now();
  // As the words were read, and not as somebody else's save has made it since.
  let version = form.elements.version.value;

  const note = () => {
    const draft = { version, at: Date.now(), words: wordsOf(form) };
    form.toggleAttribute("data-kept", keep(item, page, draft));
  };
  const clear = () => {
    drop(keyOf(item, page));
    delete form.dataset.kept;
  };
  form.addEventListener("input", note);
  form.addEventListener("words:saved", (event) => {
    version = form.elements.version.value;
    if (wordsOf(form) === event.detail) clear();
    else note();
  });
  if (form.dataset.guardForm === "unsaved") note();

  const offer = document.querySelector("[data-draft-offer]");
  const found = left(item).filter((draft) => {
    const isNews = draft.key !== keyOf(item, page) && draft.words !== wordsOf(form);
    if (!isNews && draft.key !== keyOf(item, page)) drop(draft.key);
    return isNews;
  });
  const show = () => {
    offer.hidden = !found.length;
    if (found.length) describe(offer, form, found[0]);
  };
  const settle = (act) => () => {
    const draft = found.shift();
    act(draft);
    drop(draft.key);
    show();
  };
  offer.querySelector("[data-draft-discard]").addEventListener("click", settle(() => {}));
  offer.querySelector("[data-draft-restore]").addEventListener("click", settle((draft) => {
    // Saved as of the version it was read at: what somebody else wrote since is not overwritten.
    version = draft.version;
    form.elements.version.value = version;
    restore(form, draft);
  }));
  show();
};

document.querySelectorAll("form[data-keep-draft]").forEach(keepDraft);
