// The check before handing in: what is answered, what is not, what was flagged; then the question whether to go on.
const summaryOf = (item) => {
  const answer = draft.answers[numberOf(item)] || [];
  const { type } = item.dataset;
  if (picked(fieldsOf(item)[0])) return fieldsOf(item).filter(({ value }) => answer.includes(value)).map((field) => field.closest("label").textContent.trim()).join("\n");
  if (type === "matching") return answer.map((mark, at) => `${at + 1} – ${mark || "…"}`).join("   ");
  return answer.map((text) => text || "…").join(type === "ordering" ? "  " : "\n");
};

const fault = make("div.errors", { role: "alert", tabindex: "-1", hidden: true });
const amounts = make("ul.amounts");
const rows = make("ol.rows");
const redo = make("p.warned", { hidden: true }, icon("warn"), words.handed_before);
const checkView = addView("check", words.check_heading, fault, redo, amounts, rows,
  make("p.row.end", button(words.hand_in, () => askToHandIn(), "button"), button(words.back_to_quiz, () => history.state ? history.back() : show("quiz"), "secondary")));
one("h2", checkView).after(fault);

const nameField = personal.find(({ name }) => name === "name");
if (nameField) {
  nameField.id = "name";
  nameField.required = true;
}
const nameError = make("span.error", { id: "name-error", hidden: true }, icon("warn"), words.name_missing);
if (nameField) person.prepend(nameError);
const nameIsThere = () => {
  const missing = Boolean(nameField) && !nameField.value.trim();
  nameError.hidden = !missing;
  if (nameField) {
    nameField.setAttribute("aria-invalid", missing);
    if (missing) nameField.setAttribute("aria-describedby", "name-error");
    else nameField.removeAttribute("aria-describedby");
  }
  fault.hidden = !missing;
  if (!missing) return true;
  fault.replaceChildren(make("h3", icon("warn"), words.problem), make("p", make("a", {
    href: "#name",
    click: (event) => {
      event.preventDefault();
      nameField.focus();
    },
  }, words.name_missing)));
  document.title = `${words.error} ${words.check_heading} – ${title}`;
  fault.focus();
  return false;
};

const filled = () => {
  const others = items.filter((item) => !isAnswered(numberOf(item)));
  const flagged = items.filter((item) => isFlagged(numberOf(item)));
  amounts.replaceChildren(
    make("li", icon("tick"), make("span", fill(words.answered, counted()))),
    ...(others.length ? [make("li.warned", icon("warn"), make("span", fill(words.open_are, { n: others.length }), ...linksTo(others)))] : []),
    ...(flagged.length ? [make("li", icon("flag"), make("span", fill(words.flagged_are, { n: flagged.length }), ...linksTo(flagged)))] : []),
  );
  rows.replaceChildren(
    ...items.map((item) => {
      const number = numberOf(item);
      const given = summaryOf(item);
      return make("li", {},
        make("b", fill(words.question, { n: number }), ...(isFlagged(number) ? [" ", icon("flag"), make("span.unseen", words.is_flagged)] : [])),
        make("span", { class: given ? "given" : "given none", dir: "auto" }, given || words.is_open),
        linkTo(item, given ? words.change : words.answer_it, make("span.unseen", " ", fill(words.question, { n: number }))));
    }),
  );
  fault.hidden = true;
  redo.hidden = !draft.handed;
};
finish = () => {
  filled();
  show("check");
};

const openLine = make("p");
const ask = question(words.hand_in_ask, [words.hand_in_long], words.hand_in, () => handIn());
one("h2", ask).after(openLine);
const askToHandIn = () => {
  if (away || !nameIsThere()) return;
  const { n, m } = counted();
  openLine.textContent = fill(words.answered, { n, m });
  if (ask.showModal) ask.showModal();
  else handIn();
};
