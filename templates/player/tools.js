// Beside every item: a flag to come back to it, its options crossed out, its answer cleared.
const isFlagged = (number) => draft.flags.includes(number);
const flagText = (number) => (isFlagged(number) ? words.flagged : words.flag);

const toolsOf = new Map();
const redrawTools = (item) => {
  const number = numberOf(item);
  const { flag, clear, strikes } = toolsOf.get(item);
  flag.setAttribute("aria-pressed", isFlagged(number));
  one("span", flag).textContent = flagText(number);
  if (clear) clear.hidden = !answerOf(item);
  for (const [mark, strike] of strikes) {
    const struck = (draft.struck[number] || []).includes(mark);
    strike.setAttribute("aria-pressed", struck);
    strike.previousElementSibling.classList.toggle("struck", struck);
  }
};

const setStruck = (item, mark, struck) => {
  const number = numberOf(item);
  const others = (draft.struck[number] || []).filter((other) => other !== mark);
  draft.struck[number] = struck ? [...others, mark] : others;
  redrawTools(item);
};

// Pressed where an item's answer is to be none again; radio buttons alone cannot be let go of.
const clearAnswer = (item) => {
  setAnswer(item, []);
  fire(fieldsOf(item)[0], "input");
  say(fill(words.cleared, { n: numberOf(item) }));
};

for (const item of items) {
  const number = numberOf(item);
  const described = { "aria-describedby": `stem-${number}` };
  const flag = button(words.flag, () => {
    draft.flags = isFlagged(number) ? draft.flags.filter((other) => other !== number) : [...draft.flags, number];
    redrawTools(item);
    fire(document, "progress");
    changed();
  }, { class: "quiet flag", "aria-pressed": "false", ...described }, "flag");
  const single = ["multiple_choice", "true_false", "ordering"].includes(item.dataset.type);
  const clear = single
    ? button(words.clear, () => {
        clearAnswer(item);
        flag.focus({ preventScroll: true });
      }, { class: "quiet", hidden: true, ...described }, "cross")
    : null;
  const strikes = new Map();
  const options = one(".options:not(.row)", item);
  if (options) {
    options.classList.add("strikable");
    for (const label of all("label", options)) {
      const mark = one("input", label).value;
      const strike = button("", () => {
        setStruck(item, mark, strike.getAttribute("aria-pressed") === "false");
        changed();
      }, { class: "strike", "aria-pressed": "false", "aria-label": fill(words.strike, { mark }), title: fill(words.strike, { mark }) }, "cross");
      label.after(strike);
      strikes.set(mark, strike);
    }
    on(options, "input", ({ target }) => target.checked && setStruck(item, target.value, false));
  }
  toolsOf.set(item, { flag, clear, strikes });
  const row = make("p.tools", flag, clear);
  item.insertBefore(row, one(".verdict", item));
  for (const event of ["filled", "answered"]) on(item, event, () => redrawTools(item));
}
