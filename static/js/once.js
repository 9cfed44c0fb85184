// form[data-once]: one click, one request. A button's data-busy replaces its words meanwhile.
const rest = (form) => {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[data-words]")) {
    button.disabled = false;
    button.textContent = button.dataset.words;
    delete button.dataset.words;
  }
};

const hold = (button) => {
  button.dataset.words = button.textContent;
  if (button.dataset.busy) button.textContent = button.dataset.busy;
  button.disabled = true;
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset) || event.defaultPrevented) return;
  if ("sent" in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  // After the browser has read the form: a disabled button would not send its own value.
  if (event.submitter) setTimeout(hold, 0, event.submitter);
});

// A page brought back by the back button is as it was left: let it be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(rest);
});
