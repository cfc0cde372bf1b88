const clauses = [...document.querySelectorAll(".clause")];
const buttons = [...document.querySelectorAll(".legend button")];
const search = document.querySelector(".controls input[type=search]");
const review = document.querySelector(".only-review");
const shown = document.querySelector(".shown");
const all = document.querySelector(".all");
if (clauses.length) document.querySelectorAll(".controls").forEach((part) => { part.hidden = false; });
if (matchMedia("(max-width: 52rem)").matches) document.querySelector("aside details").open = false;

function show() {
  const chosen = new Set(buttons.filter((b) => b.ariaPressed === "true").map((b) => b.dataset.function));
  const words = search.value.trim().toLocaleLowerCase();
  let count = 0;
  for (const clause of clauses) {
    const fits = (!chosen.size || chosen.has(clause.dataset.function))
      && (!review?.checked || "review" in clause.dataset)
      && clause.querySelector(".words").textContent.toLocaleLowerCase().includes(words);
    clause.hidden = !fits;
    count += fits;
  }
  all.hidden = count === clauses.length;
  shown.textContent = all.hidden ? `${count} clauses` : `${count} of ${clauses.length} clauses`;
}

for (const button of buttons) {
  button.addEventListener("click", () => {
    button.ariaPressed = button.ariaPressed === "true" ? "false" : "true";
    show();
  });
}
search.addEventListener("input", show);
review?.addEventListener("change", show);
all.addEventListener("click", () => {
  buttons.forEach((button) => { button.ariaPressed = "false"; });
  search.value = "";
  if (review) review.checked = false;
  show();
});
