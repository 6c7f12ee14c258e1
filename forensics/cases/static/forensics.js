// Keys: n and p go to the next and previous passage, j and k to the next and previous finding. Pages work without.
"use strict";
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const what = { n: [".stop", 1], p: [".stop", -1], j: [".finding", 1], k: [".finding", -1] }[event.key];
  if (!what) return;
  const stops = [...document.querySelectorAll(what[0])].filter((each) => each.offsetParent !== null);
  const at = stops.indexOf(document.activeElement);
  const next = stops[at < 0 ? (what[1] > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + what[1]))];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "center" });
});

// Tables with the class sortable: a click on a heading sorts by it, another one the other way round.
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => {
    const text = row.cells[at].textContent.trim();
    const number = Number.parseFloat(text.replace(/[,\s]/g, ""));
    return Number.isNaN(number) ? text : number;
  };
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.ariaSort === "ascending";
      for (const each of heads) each.ariaSort = null;
      head.ariaSort = down ? "descending" : "ascending";
      const rows = [...table.tBodies[0].rows].map((row) => [value(row, at), row]);
      rows.sort(([a], [b]) => (typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1));
      table.tBodies[0].append(...(down ? rows.reverse() : rows).map(([, row]) => row));
    });
  });
}
