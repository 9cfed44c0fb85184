// textarea[data-takes-phrases], and those of a form with phrases: buttons under the box that is
// typed in put a phrase of [data-phrases] where the caret is.
const list = document.querySelector("[data-phrases]");
const bar = document.createElement("div");
bar.className = "phrase-bar";

const takes = (box) => box.matches?.("textarea") &&
  ("takesPhrases" in box.dataset || box.form?.contains(list));

const put = (phrase) => {
  const box = bar.previousElementSibling;
  const before = box.value.slice(0, box.selectionStart);
  box.setRangeText(phrase, before.length, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};

if (list) {
  for (const each of list.querySelectorAll("[data-phrase]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-secondary btn-sm";
    button.textContent = each.textContent;
    button.addEventListener("click", () => put(each.textContent));
    bar.append(button);
  }
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", list.querySelector("summary").textContent);
  document.addEventListener("focusin", ({ target }) => {
    if (takes(target) && bar.previousElementSibling !== target) target.after(bar);
  });
}
