// textarea[data-autosize]: grows with its words.
const fit = (box) => {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
};

for (const box of document.querySelectorAll("textarea[data-autosize]")) {
  box.addEventListener("input", () => fit(box));
  fit(box);
}
