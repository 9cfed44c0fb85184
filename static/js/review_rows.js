// [data-review-table]: rows saved in place. A mark leads on to the next row without one;
// [data-left] counts down; a save that did not arrive says so and keeps the words.
const table = document.querySelector("[data-review-table]");
const left = document.querySelector("[data-left]");
const unmarked = () => [...table.querySelectorAll("[data-unmarked]")];
const rowOf = (element) => element.closest?.("[data-row]");

// The next row without a mark that is not on its way, round the end to the beginning.
const nextAfter = (row) => {
  const rows = [...table.querySelectorAll("[data-row]")];
  const at = rows.indexOf(row);
  const round = [...rows.slice(at + 1), ...rows.slice(0, at)];
  return round.find((each) => "unmarked" in each.dataset && !("busy" in each.dataset));
};

// A row is swapped for its answer: what held the focus in it is gone with it.
const kept = (row) => row.contains(document.activeElement);
const failed = (form, shown) => {
  const words = form.querySelector("[data-failed]");
  words.hidden = !shown;
  if (shown) words.setAttribute("role", "alert");
};

const start = (event) => {
  const form = event.target;
  const row = rowOf(form);
  if (!row) return;
  failed(form, false);
  row.dataset.busy = "";
  row.setAttribute("aria-busy", "true");
  const isNote = "saveNote" in (event.detail.requestConfig.triggeringEvent?.submitter?.dataset ?? {});
  if (!isNote) nextAfter(row)?.focus();
};

const stop = (row) => {
  delete row.dataset.busy;
  row.removeAttribute("aria-busy");
};

const judge = (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  const { xhr } = event.detail;
  const isRow = xhr.responseText.includes(`id="${row.id}"`);
  event.detail.shouldSwap = isRow && [200, 409, 422].includes(xhr.status);
  if (!event.detail.shouldSwap) return lost(event);
  // A refusal with its sentences is an answer, not a failure.
  event.detail.isError = false;
  if (kept(row)) row.dataset.refocus = "";
};

const lost = (event) => {
  const form = event.detail.requestConfig.elt;
  stop(rowOf(form));
  failed(form, true);
};

if (table) {
  const others = Number(left.textContent) - unmarked().length;
  let refocus = null;
  table.addEventListener("htmx:beforeSend", start);
  table.addEventListener("htmx:beforeSwap", (event) => {
    judge(event);
    const row = rowOf(event.target);
    refocus = row && "refocus" in row.dataset ? row.id : null;
  });
  table.addEventListener("htmx:sendError", lost);
  table.addEventListener("htmx:timeout", lost);
  document.body.addEventListener("htmx:afterSwap", () => {
    left.textContent = others + unmarked().length;
    if (refocus) document.getElementById(refocus)?.focus();
    refocus = null;
  });
  for (const button of document.querySelectorAll("[data-choose-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const row of unmarked()) row.querySelector("[name=chosen]").checked = true;
    });
  }
}
