// The bar at the foot of the window, and the map of all questions.
const isAnswered = (number) => number in draft.answers;
const counted = () => ({ n: items.filter((item) => isAnswered(numberOf(item))).length, m: items.length });

const count = make("p.count");
const clock = make("div.clock", { hidden: true });
const passageButton = button(words.read_passage, () => openPassage(), "to-passage", "book");
const mapButton = button(words.map, () => openMap(), {}, "map");
const lastButton = button(finishing, () => finish(), "main");
const bar = make("section.bar", { "aria-label": words.progress },
  make("div.told", count, saving, clock),
  make("div.ways", passageButton, mapButton, lastButton));
let finish = () => {};

// How an item stands, as [what its mark is, the word for it], the most telling first.
const standing = (item) => {
  const number = numberOf(item);
  const told = [];
  const judged = item.dataset.judged;
  const judgements = { right: ["tick", words.was_right], partly: ["half", words.was_partly], wrong: ["cross", words.was_wrong] };
  if (judged) told.push(judgements[judged]);
  else told.push(isAnswered(number) ? ["tick", words.is_answered] : [null, words.is_open]);
  if (isFlagged(number)) told.push(["flag", words.is_flagged]);
  return told;
};

const cells = make("ol.cells");
const legend = make("p.legend");
const map = dialog(words.map, { class: "map" }, cells, legend, make("p", button(words.close, () => map.close(), "button")));
const openMap = () => {
  const known = new Map();
  cells.replaceChildren(
    ...items.map((item) => {
      const told = standing(item);
      told.forEach(([picture, word]) => known.set(word, picture));
      const marks = told.map(([picture]) => picture && icon(picture)).filter(Boolean);
      const link = linkTo(item, make("b", numberOf(item)), make("span.marks", ...marks), make("span.unseen", ` ${told.map(([, word]) => word).join(words.comma)}`));
      link.className = [isAnswered(numberOf(item)) ? "filled" : "open", item.dataset.judged || ""].join(" ").trim();
      if (item === currentItem()) link.setAttribute("aria-current", "true");
      return make("li", link);
    }),
  );
  legend.replaceChildren(...[...known].map(([word, picture]) => make("span", picture ? icon(picture) : make("i.none"), word)));
  open(map);
  (one("[aria-current]", cells) || one("a", cells)).focus();
};

on(document, "progress", () => {
  count.textContent = fill(words.answered, counted());
});

// The button for the passage is for the set that is read.
if (one(".passage", main)) {
  const inSight = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) passageButton.disabled = !one(".items + .passage, .passage", target);
    }
  }, { rootMargin: "-45% 0px -45% 0px" });
  all(".set", main).forEach((set) => inSight.observe(set));
} else passageButton.hidden = true;
