// A review, shown in the page that was answered: points, what is right and why, and the words that prove it. Whoever
// wrote the file, its texts become elements from this closed list (quizgen/grading/review.py) and nothing else.
const MATHML = "http://www.w3.org/1998/Math/MathML";
const listed = (names) => new Set(names.split(" "));
const textTags = listed("p br em strong s code pre sub sup ul ol li table thead tbody tr th td a img");
const mathTags = listed("math mrow mi mn mo mtext mspace msqrt mroot mfrac mstyle msup msub msubsup munder mover munderover mtable mtr mtd mpadded menclose mphantom");
const mathAttributes = listed("accent accentunder columnalign columnspacing columnlines rowspacing rowlines rowalign display displaystyle fence form largeop linethickness lspace rspace mathvariant maxsize minsize movablelimits notation scriptlevel separator stretchy symmetric width height depth");
const textAttributes = {
  "a href": /^(https?:\/\/|mailto:)/i,
  "ol start": /^\d{1,6}$/,
  "th scope": /^col$/,
  "img src": /^data:image\/(png|jpeg|webp|gif);base64,/,
  "img alt": /^/,
  "img width": /^\d{1,5}$/,
  "img height": /^\d{1,5}$/,
};
const isAllowed = (tag, name, value) =>
  mathTags.has(tag) ? mathAttributes.has(name) : Object.hasOwn(textAttributes, `${tag} ${name}`) && textAttributes[`${tag} ${name}`].test(value);

const listOf = (value) => (Array.isArray(value) ? value : []);
const textOf = (value) => (typeof value === "string" ? value : "");
// What is too deep is left out.
const grown = (tree, depth = 0) =>
  (depth < 50 ? listOf(tree) : []).flatMap((part) => {
    if (typeof part === "string") return [part];
    const [tag, attributes, inside] = listOf(part);
    const content = grown(inside, depth + 1);
    if (!textTags.has(tag) && !mathTags.has(tag)) return content;
    const element = mathTags.has(tag) ? document.createElementNS(MATHML, tag) : document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (isAllowed(tag, name, textOf(value))) element.setAttribute(name, textOf(value));
    }
    if (tag === "a") element.setAttribute("rel", "noopener noreferrer");
    if (tag === "img") element.setAttribute("class", "picture");
    for (const child of content) element.append(child);
    return [element];
  });

const numberIn = (value) => (Number.isFinite(value) ? Math.round(value * 100) / 100 : 0);
const outOf = (earned, points) => fill(words.points, { n: `${written(numberIn(earned))} / ${written(numberIn(points))}` });
// What is said of an item by how it came out, with its picture and with the word before the items of its kind.
const outcomes = {
  right: ["tick", words.right, words.right_are],
  partly: ["half", words.partly, words.partly_are],
  wrong: ["cross", words.wrong, words.wrong_are],
  "": ["book", "", `${words.by_hand}:`],
};
const judged = ({ earned, points }) => (earned === null ? "" : earned >= points ? "right" : earned > 0 ? "partly" : "wrong");

// True and false are words of the page; other answers bring their texts.
const rightLine = (item, { mark, text }) => {
  const field = item.dataset.type === "true_false" && fieldsOf(item).find(({ value }) => value === mark);
  if (field) return make("li", make("span", field.closest("label").textContent.trim()));
  return make("li", mark ? make("b", textOf(mark)) : null, make("span", ...grown(text)));
};
const chosenLine = ({ mark, why }) => make("li.chosen", make("b", textOf(mark)), make("div", ...grown(why)));

const evidenceButton = (item, quotations) => {
  const passage = passageOf(item);
  if (!passage || !quotations.length) return null;
  const number = (passage.getAttribute("aria-labelledby") || "").replace(/\D+/g, "");
  return button(fill(words.evidence, { n: number }), () => {
    markEvidence(item, quotations);
    if (!wide.matches) openPassage();
    say(quotations.join(" … "));
  }, { class: "secondary", "aria-describedby": `stem-${numberOf(item)}` }, "book");
};

const reviewOf = (item, told) => {
  const outcome = judged(told);
  const [picture, said] = outcomes[outcome];
  const spoken = { lang: root.lang, dir: "auto" };
  const list = (kind, heading, line, values) => {
    const lines = listOf(values).map((value) => line(Object(value)));
    return lines.length ? [make("p.label", spoken, heading), make(kind, ...lines)] : [];
  };
  return make("div.reviewed", { role: "group", tabindex: "-1", "aria-label": fill(words.question, { n: numberOf(item) }), lang: item.closest("[lang]").lang },
    make("p", { class: `verdict ${outcome}`, ...spoken },
      outcome ? icon(picture) : null,
      outcome ? `${said} ${outOf(told.earned, told.points)}` : fill(words.points, { n: told.points }) + words.comma + words.by_hand),
    ...list("ul.keyed", item.dataset.type === "essay" ? words.rubric : words.right_are, (line) => rightLine(item, line), told.answer),
    ...list("ul.others", words.your_choice, chosenLine, told.chosen),
    told.rationale ? make("div.why", ...grown(told.rationale)) : null,
    evidenceButton(item, listOf(told.evidence).filter((text) => typeof text === "string")));
};

const summary = (review, shown) => {
  const { name, id } = Object(review.student);
  const who = textOf(name) || textOf(id);
  const lines = Object.entries(outcomes).flatMap(([outcome, [picture, , heading]]) => {
    const some = items.filter((item) => shown.get(item) === outcome);
    return some.length ? [make("li", icon(picture), make("span", heading, ...linksTo(some)))] : [];
  });
  return make("section.reviewed", { "aria-labelledby": "reviewed-title" },
    make("h2", { id: "reviewed-title", tabindex: "-1" }, words.results),
    who ? make("p", make("bdi", who)) : null,
    make("p.score", outOf(review.earned, review.points)),
    make("ul.amounts", ...lines));
};

// Takes the place of a review that was shown before. The draft stays as it is, and cannot be changed meanwhile.
const showReview = (review) => {
  all(".reviewed").forEach((old) => old.remove());
  setAnswers(Object(review.answers));
  const shown = new Map();
  for (const item of items) {
    item.disabled = true;
    const found = Object(Object(review.items)[numberOf(item)]);
    const told = { ...found, earned: found.earned === null ? null : numberIn(found.earned), points: numberIn(found.points) };
    item.after(reviewOf(item, told));
    shown.set(item, judged(told));
  }
  const top = summary(review, shown);
  main.before(top);
  scrollTo(0, 0);
  one("h2", top).focus();
  say(outOf(review.earned, review.points));
};
