"use strict";
for (const box of document.querySelectorAll("[data-search]")) {
  const rows = Array.from(document.getElementById(box.dataset.search).children);
  const texts = rows.map((row) => row.textContent.toLowerCase().replace(/\s+/g, " "));
  const [query, ...choices] = box.querySelectorAll("input, select");
  const shown = box.querySelector("output");
  const show = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, at) => {
      const fits = words.every((word) => texts[at].includes(word)) &&
        choices.every((choice) => !choice.value || row.dataset[choice.name] === choice.value);
      row.hidden = !fits;
      count += fits;
    });
    shown.textContent = `${count} of ${rows.length}`;
  };
  let waiting;
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  choices.forEach((choice) => choice.addEventListener("change", show));
  show();
}
