// Tables of work: sorted and filtered where they stand, and walked through with the arrow keys.
// Whatever is used to do so is made here, so that without scripts there is none of it.
"use strict";

(() => {
  const FEWEST_ROWS = 10; // of a table that is worth sorting and filtering: fewer are seen at once
  const LONGEST_WORDS = 100;

  const collator = new Intl.Collator(document.documentElement.lang, {
    numeric: true,
    sensitivity: "base",
  });

  const simplify = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const make = (name, attributes = {}, text = "") => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    return element;
  };

  // What a cell is sorted by: a day as machines write it, else its words.
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return "";
    const time = cell.querySelector("time[datetime]");
    return time ? time.dateTime : cell.textContent.trim();
  };

  // Cells without anything stay at the end, whichever way the others stand.
  const compare = (a, b, direction) => {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    return direction * collator.compare(a, b);
  };

  const sort = (table, heading) => {
    const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    for (const body of table.tBodies) {
      const rows = [...body.rows].map((row) => [keyOf(row, heading.cellIndex), row]);
      rows.sort(([a], [b]) => compare(a, b, direction));
      body.append(...rows.map(([, row]) => row));
    }
  };

  const offerSorting = (table) => {
    for (const heading of table.tHead.rows[0].cells) {
      if (!heading.textContent.trim()) continue;
      const button = make("button", { type: "button", class: "sort" });
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
  };

  const offerFilter = (table, rows, number) => {
    const texts = new Map(rows.map((row) => [row, simplify(row.textContent)]));
    const id = `filter-${number}`;
    const input = make("input", {
      id,
      type: "search",
      maxlength: LONGEST_WORDS,
      autocomplete: "off",
      spellcheck: "false",
    });
    const told = make("output", { for: id, class: "quiet" });
    input.addEventListener("input", () => {
      const words = simplify(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [row, text] of texts) {
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      told.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
    });
    const line = make("p", { class: "filter" });
    line.append(make("label", { for: id }, "Filter these rows"), " ", input, " ", told);
    (table.closest(".wide") || table).before(line);
  };

  // The row to go to from another one, or undefined.
  const rowFrom = (row, key) => {
    const rows = [...row.closest("table").querySelectorAll("tbody tr")].filter(
      (each) => !each.hidden && each.querySelector("a"),
    );
    const place = rows.indexOf(row);
    const places = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: rows.length - 1 };
    return rows[places[key]];
  };

  const walk = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const cell = event.target.closest("a") && event.target.closest("tbody td, tbody th");
    if (!cell) return;
    const row = rowFrom(cell.parentElement, event.key);
    if (!row) return;
    const beside = row.cells[cell.cellIndex];
    ((beside && beside.querySelector("a")) || row.querySelector("a")).focus();
    event.preventDefault();
  };

  // What spans several rows or columns is no list, and of a matrix columns are as rows.
  const isList = (table) =>
    table.tHead?.rows.length === 1 &&
    !table.querySelector("[rowspan], [colspan]") &&
    !table.matches(".matrix");

  document.querySelectorAll("main table").forEach((table, number) => {
    if (!isList(table) || table.closest(".prose")) return;
    table.addEventListener("keydown", walk);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    if (rows.length < FEWEST_ROWS) return;
    offerSorting(table);
    offerFilter(table, rows, number + 1);
  });
})();
