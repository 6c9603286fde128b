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
const judged = (earned, points) => (earned === null ? "" : earned >= points ? "right" : earned > 0 ? "partly" : "wrong");
const pictures = { right: "tick", partly: "half", wrong: "cross", "": "book" };

// True and false are words of the page; other answers bring their texts.
const rightLine = (item, line) => {
  const { mark, text } = Object(line);
  const field = item.dataset.type === "true_false" && fieldsOf(item).find(({ value }) => value === mark);
  if (field) return make("li", {}, make("span", {}, field.closest("label").textContent.trim()));
  return make("li", {}, mark ? make("b", {}, textOf(mark)) : null, make("span", {}, ...grown(text)));
};

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
  const outcome = judged(told.earned, told.points);
  const said = { right: words.right, partly: words.partly, wrong: words.wrong }[outcome];
  const verdict = outcome ? `${said} ${outOf(told.earned, told.points)}` : `${fill(words.points, { n: numberIn(told.points) })}${words.comma}${words.by_hand}`;
  const spoken = { lang: root.lang, dir: "auto" };
  const lines = listOf(told.answer).map((line) => rightLine(item, line));
  const reasons = listOf(told.chosen).map(Object).map(({ mark, why }) => make("li", { class: "chosen" }, make("b", {}, textOf(mark)), make("div", {}, ...grown(why))));
  return make("div", { class: "reviewed", role: "group", tabindex: "-1", "aria-label": fill(words.question, { n: numberOf(item) }), lang: item.closest("[lang]").lang },
    make("p", { class: `verdict ${outcome}`, ...spoken }, outcome ? icon(pictures[outcome]) : null, verdict),
    ...(lines.length ? [make("p", { class: "label", ...spoken }, item.dataset.type === "essay" ? words.rubric : words.right_are), make("ul", { class: "keyed" }, ...lines)] : []),
    ...(reasons.length ? [make("p", { class: "label", ...spoken }, words.your_choice), make("ul", { class: "others" }, ...reasons)] : []),
    told.rationale ? make("div", { class: "why" }, ...grown(told.rationale)) : null,
    evidenceButton(item, listOf(told.evidence).filter((text) => typeof text === "string")));
};

const areWords = { right: words.right_are, partly: words.partly_are, wrong: words.wrong_are, "": `${words.by_hand}:` };
const linkToReview = (item, block) =>
  make("a", {
    href: `#${item.id}`,
    click: (event) => {
      event.preventDefault();
      item.scrollIntoView({ block: "start" });
      block.focus({ preventScroll: true });
    },
  }, make("span", { class: "unseen" }, fill(words.question, { n: "" })), numberOf(item));

const summary = (review, shown) => {
  const name = textOf(Object(review.student).name) || textOf(Object(review.student).id);
  const lines = Object.keys(areWords).flatMap((outcome) => {
    const some = shown.filter(({ told }) => judged(told.earned, told.points) === outcome);
    if (!some.length) return [];
    const links = some.flatMap(({ item, block }) => [" ", linkToReview(item, block)]);
    return [make("li", {}, icon(pictures[outcome]), make("span", {}, areWords[outcome], ...links))];
  });
  return make("section", { class: "reviewed", "aria-labelledby": "reviewed-title" },
    make("h2", { id: "reviewed-title", tabindex: "-1" }, words.results),
    name ? make("p", {}, make("bdi", {}, name)) : null,
    make("p", { class: "score" }, outOf(review.earned, review.points)),
    make("ul", { class: "amounts" }, ...lines));
};

// Takes the place of a review that was shown before. The draft stays as it is, and cannot be changed meanwhile.
const showReview = (review) => {
  document.querySelectorAll(".reviewed").forEach((old) => old.remove());
  setAnswers(Object(review.answers));
  const shown = [];
  for (const item of items) {
    item.disabled = true;
    const one = Object(Object(review.items)[numberOf(item)]);
    const told = { ...one, earned: one.earned === null ? null : numberIn(one.earned), points: numberIn(one.points) };
    const block = reviewOf(item, told);
    item.after(block);
    shown.push({ item, told, block });
  }
  const top = summary(review, shown);
  main.before(top);
  scrollTo(0, 0);
  top.querySelector("h2").focus();
  say(outOf(review.earned, review.points));
};
