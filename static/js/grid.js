// table[data-grid]: boxes walked by keys as in a spreadsheet. Each row saves itself, by htmx.
// A block of cells pasted into a box goes to form[data-grid-paste], whose page shows what would change.
const grid = document.querySelector("[data-grid]");
const rows = [...grid.querySelectorAll("[data-grid-row]")];
const rowOf = (box) => box.closest("[data-grid-row]");
const boxesOf = (row) => [...row.querySelectorAll("[data-column]")];
const unsaved = new Set();
const sending = new Set();
let leaving = false;

document.querySelector("[data-grid-hint]").hidden = false;
document.querySelector("[data-grid-whole]").hidden = true;

const say = (row, what) => {
  const words = what && document.querySelector(`[data-grid-says="${what}"]`).content.cloneNode(true);
  row.querySelector("[data-grid-said]").replaceChildren(...(words ? [words] : []));
};

// Keys

const go = (box, down, across) => {
  const row = rows[rows.indexOf(rowOf(box)) + down];
  const next = (row && boxesOf(row)[Number(box.dataset.column) + across]) ?? box;
  // At the end of the grid the key leads nowhere, and saves all the same.
  box.blur();
  next.focus();
  next.select?.();
};

const atEdge = (box, across) => {
  if (!("selectionStart" in box)) return true;
  const { selectionStart: start, selectionEnd: end, value: { length } } = box;
  if (start === 0 && end === length) return true;
  return across < 0 ? end === 0 : start === length;
};

const mark = (box, at) => {
  if (!box.matches("select")) return false;
  box.selectedIndex = at;
  for (const name of ["input", "change"]) box.dispatchEvent(new Event(name, { bubbles: true }));
  return true;
};

const restore = (box) => {
  box.value = box.before;
  if (box.wasSaved && unsaved.delete(rowOf(box))) say(rowOf(box));
  return true;
};

const sideways = (box, across) => atEdge(box, across) && (go(box, 0, across), true);
const KEYS = {
  ArrowUp: (box) => (go(box, -1, 0), true),
  ArrowDown: (box) => (go(box, 1, 0), true),
  ArrowLeft: (box) => sideways(box, -1),
  ArrowRight: (box) => sideways(box, 1),
  Enter: (box) => (go(box, 1, 0), true),
  Escape: restore,
  F2: (box) => (box.setSelectionRange?.(box.value.length, box.value.length), true),
  1: (box) => mark(box, 1),
  2: (box) => mark(box, 2),
  3: (box) => mark(box, 3),
  0: (box) => mark(box, 4),
  Delete: (box) => mark(box, 0),
  Backspace: (box) => mark(box, 0),
};

grid.addEventListener("keydown", (event) => {
  const box = event.target;
  // While characters are being composed, the keys belong to the input method.
  if (!("column" in box.dataset) || event.isComposing || event.keyCode === 229) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.shiftKey) {
    // Shift with Enter begins a line, where a box has lines; elsewhere it would send the form.
    if (event.key === "Enter" && !box.matches("textarea")) event.preventDefault();
    return;
  }
  if (Object.hasOwn(KEYS, event.key) && KEYS[event.key](box)) event.preventDefault();
});

grid.addEventListener("focusin", ({ target: box }) => {
  if (!("column" in box.dataset)) return;
  box.before = box.value;
  box.wasSaved = !unsaved.has(rowOf(box));
});

// Saving

grid.addEventListener("input", ({ target: box }) => {
  unsaved.add(rowOf(box));
  say(rowOf(box), "unsaved");
});

// After signing in again in another window, the page's own token is no longer good.
grid.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=(\w+)/);
  if (token) detail.headers["X-CSRFToken"] = token[1];
});

grid.addEventListener("htmx:beforeRequest", ({ detail: { elt: row } }) => {
  unsaved.delete(row);
  sending.add(row);
  say(row, "saving");
});

const isAnswer = ({ xhr, requestConfig }) =>
  [200, 409, 422].includes(xhr.status) && new URL(xhr.responseURL).pathname === requestConfig.path;

grid.addEventListener("htmx:beforeSwap", ({ detail }) => {
  detail.shouldSwap = isAnswer(detail);
  if (detail.shouldSwap) detail.isError = false;
});

grid.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt: row, xhr } = detail;
  const typedSince = unsaved.has(row);
  sending.delete(row);
  if (!isAnswer(detail)) {
    // The page of signing in, which a session that has ended leads to, comes as a success.
    say(row, xhr.status === 200 ? "signed-out" : "failed");
    unsaved.add(row);
    return;
  }
  const wrong = row.querySelector("[data-grid-wrong]").dataset.gridWrong.split(" ");
  for (const box of boxesOf(row)) box.setAttribute("aria-invalid", wrong.includes(box.name));
  if (xhr.status !== 200) unsaved.add(row);
  else if (typedSince) say(row, "unsaved");
});

grid.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-grid-retry]")) return;
  const [box] = boxesOf(rowOf(target));
  box.focus();
  box.dispatchEvent(new Event("change", { bubbles: true }));
});

// Leaving

document.getElementById("all-rows").addEventListener("submit", () => { leaving = true; });

window.addEventListener("beforeunload", (event) => {
  if (leaving || !(unsaved.size + sending.size)) return;
  event.preventDefault();
  event.returnValue = "";
});

// Pasting

const isBlock = (data, box) => {
  const text = data.getData("text/plain");
  if (box.matches("select")) return text.trim() !== "";
  // Lines without tabs are a column of cells if they come out of a table, else one text.
  const isTable = /<table/i.test(data.getData("text/html"));
  return text.includes("\t") || (isTable && text.trimEnd().includes("\n"));
};

const idle = async () => {
  while (sending.size) {
    await new Promise((done) => grid.addEventListener("htmx:afterRequest", done, { once: true }));
  }
};

grid.addEventListener("paste", async (event) => {
  const box = event.target.closest("[data-column]");
  if (!box || !isBlock(event.clipboardData, box)) return;
  event.preventDefault();
  const form = document.querySelector("form[data-grid-paste]");
  form.elements.text.value = event.clipboardData.getData("text/plain");
  form.elements.row.value = rowOf(box).dataset.gridRow;
  form.elements.column.value = box.dataset.column;
  box.blur();
  await idle();
  form.requestSubmit();
});
