// form[data-guard-form]: asks before the page is left with words that are neither saved nor kept.
// data-guard-form="unsaved" says that what the page opened with is itself not saved;
// data-kept, that this browser keeps the words and will offer them back.
import { wordsOf } from "./words.js";

const guarded = new Map();
for (const form of document.querySelectorAll("form[data-guard-form]")) {
  guarded.set(form, form.dataset.guardForm === "unsaved" ? null : wordsOf(form));
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) guarded.delete(form);
  });
  form.addEventListener("words:saved", (event) => guarded.set(form, event.detail));
}

window.addEventListener("beforeunload", (event) => {
  for (const [form, words] of guarded) {
    if (words !== wordsOf(form) && !("kept" in form.dataset)) {
      event.preventDefault();
      event.returnValue = "";
      return;
    }
  }
});
