// form[data-autosave]: saves itself through htmx when typing pauses, and says where it stands in
// its [data-save-state]. data-autosave="stopped": the page opened with two people's words.
// The form says "words:saved" when the server has got what was sent.
import { wordsOf } from "./words.js";

const PAUSE = 1200;
const AGAIN = 15000;
const ANSWERS = [200, 409, 422];

const pathOf = (address) => new URL(address, location.href).pathname;

// A sign-in that has expired leads elsewhere; a sign-in made meanwhile in another tab is refused.
const isSignedOut = (form, xhr) => xhr.status === 403
  || (xhr.responseURL && pathOf(xhr.responseURL) !== pathOf(form.action));

const isAnswer = (form, xhr) => ANSWERS.includes(xhr.status) && !isSignedOut(form, xhr);

const clearErrors = (form) => {
  for (const old of form.querySelectorAll("[id^=div_id] .invalid-feedback, .alert")) old.remove();
  for (const box of form.querySelectorAll("[aria-invalid]")) {
    box.classList.remove("is-invalid");
    box.removeAttribute("aria-invalid");
    box.removeAttribute("aria-describedby");
  }
};

// Each sentence about a box goes beside it; the focus stays where it is.
const placeErrors = (form) => {
  clearErrors(form);
  for (const sentence of form.querySelectorAll("[data-error-of]")) {
    const box = form.elements[sentence.dataset.errorOf];
    document.getElementById(`div_id_${sentence.dataset.errorOf}`).append(sentence);
    if (!(box instanceof Element)) continue;
    box.classList.add("is-invalid");
    box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-describedby", sentence.id);
  }
};

const leavesPage = (link) => !link.target && !link.hasAttribute("download")
  && link.href.split("#")[0] !== location.href.split("#")[0];

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = form.querySelector("[data-save-state]");
    this.saved = form.dataset.guardForm === "unsaved" ? null : wordsOf(form);
    this.sending = null; // under way
    this.doubtful = null; // sent without an answer: it may have arrived all the same
    this.goOn = null; // what the person asked for, to be done once all is saved
    this.isStopped = form.dataset.autosave === "stopped"; // from here only a button saves
    this.timer = null;
    this.listen();
  }

  get isSaved() {
    return wordsOf(this.form) === this.saved;
  }

  show(state) {
    this.state = state;
    this.line.hidden = false;
    const isKept = "kept" in this.form.dataset;
    for (const each of this.line.querySelectorAll("[data-when]")) {
      const isSo = each.dataset.when.split(" ").includes(state);
      each.hidden = !isSo || ("ifKept" in each.dataset && !isKept);
    }
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save() {
    clearTimeout(this.timer);
    // One at a time, so that no save races another: the answer to this one sees to the rest.
    if (this.sending) return;
    if (!navigator.onLine) {
      this.failed();
      return;
    }
    this.show("saving");
    this.form.dispatchEvent(new Event("save"));
  }

  saveIfNeeded() {
    if (!this.isSaved && !this.isStopped) this.save();
  }

  typed(event) {
    clearTimeout(this.timer);
    if (!this.sending) this.show("unsaved");
    if (!this.isStopped && !event.isComposing) this.later(PAUSE);
  }

  send(detail) {
    // What may have arrived is sent again as it was: sent with more words, it would seem to the
    // server to be somebody else's.
    this.sending = this.doubtful ?? new FormData(this.form);
    detail.parameters = this.sending;
    // Never where the button that was pressed would lead: that comes after.
    detail.path = this.form.getAttribute("hx-post");
  }

  settled(xhr) {
    const sent = this.sending;
    this.sending = null;
    if (xhr.status === 0 || xhr.status >= 500) {
      this.doubtful = sent;
      this.failed();
      return;
    }
    this.doubtful = null;
    if (isAnswer(this.form, xhr)) placeErrors(this.form);
    if (isAnswer(this.form, xhr) && xhr.status === 200) {
      this.arrived(wordsOf(this.form, sent));
      return;
    }
    this.goOn = null;
    this.isStopped = xhr.status !== 422;
    if (!this.isStopped && wordsOf(this.form) !== wordsOf(this.form, sent)) this.later(PAUSE);
    if (isAnswer(this.form, xhr)) this.show("answer");
    else this.show(isSignedOut(this.form, xhr) ? "signed-out" : "failed");
  }

  arrived(words) {
    this.saved = words;
    this.isStopped = false;
    this.form.dispatchEvent(new CustomEvent("words:saved", { detail: words }));
    if (!this.isSaved) {
      this.show("unsaved");
      this.later(this.goOn ? 0 : PAUSE);
      return;
    }
    this.show("answer");
    this.goOn?.();
    this.goOn = null;
  }

  failed() {
    this.goOn = null;
    this.show(navigator.onLine ? "failed" : "offline");
    this.later(AGAIN);
  }

  submitted(event) {
    if (this.isSaved && !this.sending) return;
    event.preventDefault();
    this.goOn = () => this.form.requestSubmit(event.submitter);
    this.save();
  }

  clicked(event) {
    const link = event.target.closest("a[href]");
    const isPlain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const isUnderWay = this.state === "unsaved" || this.state === "saving";
    // Asked a second time, or when saving has failed, the person just goes.
    if (!link || !isPlain || !isUnderWay || this.isStopped || this.goOn || !leavesPage(link)) return;
    event.preventDefault();
    this.goOn = () => location.assign(link.href);
    this.save();
  }

  listen() {
    const { form } = this;
    for (const name of ["input", "compositionend"]) {
      form.addEventListener(name, (event) => this.typed(event));
    }
    form.addEventListener("htmx:configRequest", ({ detail }) => this.send(detail));
    form.addEventListener("htmx:beforeSwap", ({ detail }) => {
      detail.shouldSwap = isAnswer(form, detail.xhr);
      detail.isError = false; // settled() tells of it
    });
    form.addEventListener("htmx:afterRequest", ({ detail }) => this.settled(detail.xhr));
    form.addEventListener("submit", (event) => this.submitted(event), { capture: true });
    form.querySelector("[data-retry]").addEventListener("click", () => this.save());
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.saveIfNeeded();
    });
    window.addEventListener("online", () => this.saveIfNeeded());
    window.addEventListener("offline", () => {
      if (!this.isSaved) this.show("offline");
    });
    // Going back, some browsers put typed words in again without saying so.
    window.addEventListener("pageshow", () => {
      if (this.saved !== null && !this.isSaved) this.typed({});
    });
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
