// One page, several views: the questions, the check of the answers, what to do with the file. "Back" goes back.
const views = new Map([["quiz", main]]);
const title = document.title;
let view = "quiz";
let left = 0;

const addView = (name, heading, ...content) => {
  const head = make("h2", { tabindex: "-1", id: `view-${name}` }, heading);
  const section = make("main.view", { "aria-labelledby": head.id, hidden: true }, head, ...content);
  main.after(section);
  views.set(name, section);
  return section;
};

const show = (name, { focus = true, push = true, prefix = "" } = {}) => {
  const before = view;
  if (before === "quiz" && name !== "quiz") left = scrollY;
  view = root.dataset.view = name;
  for (const [other, section] of views) section.hidden = other !== name;
  document.title = name === "quiz" ? title : `${prefix}${views.get(name).querySelector("h2").textContent} – ${title}`;
  if (before === name) return;
  if (push) {
    try {
      history.pushState({ view: name }, "");
    } catch {
      // some viewers of files have no history
    }
  }
  fire(document, "viewed");
  if (!focus) return;
  if (name === "quiz") return scrollTo(0, left);
  scrollTo(0, 0);
  views.get(name).querySelector("h2").focus({ preventScroll: true });
};
on(globalThis, "popstate", ({ state }) => {
  const name = (state && state.view) || "quiz";
  if (views.has(name) && view !== "start") show(name, { push: false });
});

// A link to an item from anywhere.
const linkTo = (item, ...content) =>
  make("a", {
    href: `#${item.id}`,
    click: (event) => {
      event.preventDefault();
      const above = event.target.closest("dialog");
      if (above) above.close();
      goTo(item);
    },
  }, ...content);
// Links to some, by their numbers.
const linksTo = (some) =>
  some.flatMap((item) => [" ", linkTo(item, make("span.unseen", fill(words.question, { n: "" })), numberOf(item))]);
