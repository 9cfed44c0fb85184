// button[data-reveal]: shows the passwords of its form while it is pressed in.
const show = (button, shown) => {
  button.setAttribute("aria-pressed", shown);
  for (const box of button.form.elements) {
    if (box.type === "password" || "revealed" in box.dataset) {
      box.type = shown ? "text" : "password";
      box.dataset.revealed = "";
    }
  }
};

for (const button of document.querySelectorAll("button[data-reveal]")) {
  button.hidden = false;
  button.addEventListener("click", () => show(button, button.getAttribute("aria-pressed") !== "true"));
  button.form.addEventListener("submit", () => show(button, false));
}
