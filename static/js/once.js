// form[data-once]: one click, one request. A button's data-busy replaces its words meanwhile, and
// is said in the form's [role=status]. data-once="6" is for a download, which does not leave the
// page: after so many seconds the form can be sent again.
const say = (form, words) => {
  const status = form.querySelector("[role=status]");
  if (status) status.textContent = words;
};

const rest = (form) => {
  delete form.dataset.sent;
  say(form, "");
  for (const button of form.querySelectorAll("button[data-words]")) {
    button.disabled = false;
    button.textContent = button.dataset.words;
    delete button.dataset.words;
  }
};

const hold = (button) => {
  button.dataset.words = button.textContent;
  if (button.dataset.busy) {
    button.textContent = button.dataset.busy;
    say(button.form, button.dataset.busy);
  }
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
  const seconds = Number(form.dataset.once);
  if (seconds) setTimeout(rest, seconds * 1000, form);
});

// A page brought back by the back button is as it was left: let it be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach(rest);
});
