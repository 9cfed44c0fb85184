// Django's admin: a name for what it leaves without one. A cell's field takes that of its column,
// a box that Select2 draws beside a select takes the select's; a heading without words is a cell.
const fields = "input:not([type=hidden]), select, textarea";

const nameCells = (table) => {
  const heads = [...table.tHead.rows[0].cells];
  for (const head of heads) if (!head.textContent.trim()) head.setAttribute("role", "cell");
  for (const row of table.tBodies[0].rows) {
    for (const [at, cell] of [...row.cells].entries()) {
      const name = heads[at]?.textContent.trim();
      if (!name || row.cells.length !== heads.length) continue;
      for (const field of cell.querySelectorAll(fields)) {
        if (!field.labels?.length) field.setAttribute("aria-label", name);
      }
    }
  }
};

// Rows that are only read have nothing to come to by Tab, and on a phone they scroll.
const reach = (group) => {
  if (group.querySelector(`a, button, summary, ${fields}`)) return;
  group.tabIndex = 0;
  group.setAttribute("role", "region");
  group.setAttribute("aria-labelledby", group.querySelector("h2").id);
};

const nameOf = (select) => {
  const words = select?.labels?.[0]?.textContent.trim() || select?.getAttribute("aria-label");
  return words?.replace(/[:：]$/, "");
};

const nameBoxes = () => {
  for (const box of document.querySelectorAll("select + .select2-container")) {
    const name = nameOf(box.previousElementSibling);
    if (!name) continue;
    const parts = [...box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")];
    // What is typed to find a row stands at the end of the page.
    if (box.matches(".select2-container--open")) {
      parts.push(...document.querySelectorAll(".select2-dropdown .select2-search__field"));
    }
    for (const part of parts) part.setAttribute("aria-label", name);
  }
};

const nameAll = () => {
  document.querySelectorAll(".tabular table").forEach(nameCells);
  document.querySelectorAll(".inline-group").forEach(reach);
  nameBoxes();
};

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
