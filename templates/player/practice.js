// Practice: tells at once what is right and why, for one question or for all; what was wrong can be tried again.
const tell = (item, kind, text) => {
  const verdict = one(".verdict", item);
  verdict.className = `verdict ${kind}`;
  verdict.replaceChildren(...(kind ? [icon({ right: "tick", partly: "half", wrong: "cross" }[kind])] : []), text);
  if (kind) item.dataset.judged = kind;
  else delete item.dataset.judged;
  fire(document, "progress");
};

const quotationsOf = (item) => all(".evidence p", item).map((quotation) => quotation.textContent);

const judge = (item) => {
  const key = keys[numberOf(item)];
  const given = entered(item);
  if (!given.some(Boolean)) return tell(item, "", words.no_answer);
  if (key.kind === "essay") tell(item, "", words.compare);
  else {
    const right = share[key.kind](given, key);
    const outcome = right === 1 ? "right" : right > 0 && key.partial !== false ? "partly" : "wrong";
    const said = { right: words.right, partly: words.partly, wrong: words.wrong };
    tell(item, outcome, said[outcome] + earnedBy(right, key));
  }
  for (const other of all(".others li", item)) other.classList.toggle("chosen", given.includes(other.dataset.mark));
  one(".answer", item).open = true;
  markEvidence(item, quotationsOf(item));
};

const forgetVerdict = (item) => {
  tell(item, "", "");
  one(".answer", item).open = false;
};

for (const item of items) {
  const check = button(words.check, () => judge(item), { class: "check", "aria-describedby": `stem-${numberOf(item)}` });
  one(".tools", item).prepend(check);
  // What was said is no longer of this response.
  on(item, "input", () => one(".verdict", item).textContent && forgetVerdict(item));
}

const scored = make("p.score");
const results = make("ul.amounts");
const again = button(words.try_again, () => {
  const wrong = items.filter(({ dataset }) => dataset.judged === "wrong" || dataset.judged === "partly");
  for (const item of wrong) {
    forgetVerdict(item);
    clearAnswer(item);
    const passage = passageOf(item);
    if (passage) unmark(passage);
  }
  if (wrong.length) goTo(wrong[0]);
}, { class: "button" });
addView("check", words.results, scored, results,
  make("p.row.end", again, button(words.back_to_quiz, () => (history.state ? history.back() : show("quiz")), "secondary")));
finish = () => {
  items.forEach(judge);
  const by = (kind) => items.filter(({ dataset }) => dataset.judged === kind);
  const others = items.filter((item) => !isAnswered(numberOf(item)));
  scored.textContent = fill(words.score, { n: by("right").length, m: items.filter((item) => keys[numberOf(item)].kind !== "essay").length });
  const line = (picture, text, some) =>
    some.length ? [make("li", icon(picture), make("span", text, ...linksTo(some)))] : [];
  results.replaceChildren(
    ...line("tick", words.right_are, by("right")),
    ...line("half", words.partly_are, by("partly")),
    ...line("cross", words.wrong_are, by("wrong")),
    ...line("warn", fill(words.open_are, { n: others.length }), others));
  again.hidden = !by("wrong").length && !by("partly").length;
  show("check");
};
