/* Leaves only the cards whose id has what was typed. */
"use strict";
(() => {
const cards = [...document.querySelectorAll(".card")].map((card) => [card, card.querySelector("h2").textContent.toLowerCase()]);
const field = document.getElementById("find");
const status = document.querySelector("[role=status]");
const find = () => {
  const typed = field.value.trim().toLowerCase();
  let found = 0;
  for (const [card, id] of cards) {
    card.hidden = !id.includes(typed);
    found += card.hidden ? 0 : 1;
  }
  status.textContent = typed ? `${found} / ${cards.length}` : "";
};
field.parentElement.hidden = false;
field.addEventListener("input", find);
find();
})();
