// [data-review-table]: single keys for marking rows. [data-keys-switch] turns them off, for good.
const KEY = "review-keys";
const MARKS = { 1: "met", 2: "partly_met", 3: "unmet", 0: "not_applicable" };
const table = document.querySelector("[data-review-table]");
const tools = document.querySelector("[data-keys]");
const dialog = document.querySelector("[data-keys-dialog]");
const rows = () => [...table.querySelectorAll("[data-row]")];
const current = () => document.activeElement.closest?.("[data-row]");

const isTyping = (element) => element.isContentEditable ||
  element.matches("textarea, select, input:not([type=checkbox], [type=radio])");

const goTo = (row) => {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
};

const move = (by) => {
  const all = rows();
  const at = all.indexOf(current());
  goTo(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
};

const open = (row, kind) => {
  const part = row.querySelector(`[data-${kind}]`);
  if (!part) return null;
  part.open = true;
  const box = part.querySelector("textarea");
  box.focus();
  return box;
};

const needsNote = (row, wanted) => {
  row.querySelector("[data-needs-note]").hidden = !wanted;
  row.toggleAttribute("data-wants-reason", wanted);
};

const mark = (row, value) => row.querySelector(`[data-mark=${value}]`)?.click();

const acts = {
  j: () => move(1),
  k: () => move(-1),
  n: (row) => open(row, "note"),
  r: (row) => open(row, "return"),
  x: (row) => row.querySelector("[name=chosen]")?.click(),
  ...Object.fromEntries(Object.entries(MARKS).map(([key, value]) => [key, (row) => mark(row, value)])),
};

// What Ctrl+Enter saves depends on the box: a reason, a note to a mark, or the mark that waits for it.
const send = (box) => {
  const row = box.closest("[data-row]");
  const isReturn = box.closest("[data-return-form]");
  if (isReturn) isReturn.querySelector("[data-send]").click();
  else if (row.hasAttribute("data-wants-reason")) mark(row, MARKS[0]);
  else row.querySelector("[data-save-note]")?.click();
};

const inBox = (event) => {
  const box = event.target;
  if (!box.closest("[data-row]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send(box);
  } else if (event.key === "Escape") goTo(box.closest("[data-row]"));
};

const press = (event) => {
  if (event.isComposing || dialog.open) return;
  if (isTyping(event.target)) return inBox(event);
  if (event.ctrlKey || event.altKey || event.metaKey || !isOn()) return;
  if (event.key === "?" || event.key === "\uff1f") {
    dialog.showModal();
    return;
  }
  const act = acts[event.key];
  const row = current();
  if (!act || (!row && !"jk".includes(event.key))) return;
  event.preventDefault();
  act(row);
};

const isOn = () => localStorage.getItem(KEY) !== "off";

if (table && tools) {
  const box = tools.querySelector("[data-keys-switch]");
  tools.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(KEY, box.checked ? "on" : "off"));
  tools.querySelector("[data-keys-help]").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", press);
  // Not applicable wants its reason first, however the button is pressed.
  table.addEventListener("click", (event) => {
    const button = event.target.closest(`[data-mark=${MARKS[0]}]`);
    if (!button) return;
    const row = button.closest("[data-row]");
    if (row.querySelector("[data-note] textarea").value.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    needsNote(row, true);
    open(row, "note");
  }, true);
}
