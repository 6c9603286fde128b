// What all parts of the player use: the page's data, elements, icons, and the one place where it speaks.
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const on = (target, event, listener) => target.addEventListener(event, listener);
const fire = (target, event) => target.dispatchEvent(new Event(event, { bubbles: true }));

const data = JSON.parse(document.getElementById("quiz").textContent);
const { words } = data;
const root = document.documentElement;
const main = document.querySelector("main");
const practising = data.mode === "practice";

const written = (value) => (typeof value === "number" ? `${value}`.replace(".", words.decimal_mark) : `${value}`);
// Words that change with a number are by category of plural.
const plural = new Intl.PluralRules(document.documentElement.lang || "en");
const fill = (text, values) => (typeof text === "string" ? text : text[plural.select(values.n)] ?? text.other).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? written(values[name]) : whole));

// An element, named as `p.class`, with attributes if there are any, and with what is in it. A function listens to the
// event of its name; what is null is left out.
const make = (named, ...content) => {
  const [tag, ...classes] = named.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  const attributes = content[0] && content[0].constructor === Object ? content.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") on(element, name, value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.filter((part) => part !== null));
  return element;
};
const button = (text, click, attributes = {}, picture = null) =>
  make("button", { type: "button", click, ...(typeof attributes === "string" ? { class: attributes } : attributes) }, picture && icon(picture), make("span", text));

// Drawn and not written: not every device has these signs in its fonts.
const drawings = {
  flag: "M5 21V4h13l-3 4.5 3 4.5H5",
  tick: "M4 12.5l5.5 5.5L20 7",
  cross: "M6 6l12 12M18 6L6 18",
  up: "M12 19V6M6 12l6-6 6 6",
  down: "M12 5v13M6 12l6 6 6-6",
  grip: "M9 5v.01M15 5v.01M9 12v.01M15 12v.01M9 19v.01M15 19v.01",
  half: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 4v16",
  book: "M12 6c-2-1.6-5-2-8-2v14c3 0 6 .4 8 2 2-1.600 5-2 8-2V4c-3 0-6 .4-8 2v14",
  map: "M4 5h5v5H4zM15 5h5v5h-5zM4 15h5v5H4zM15 15h5v5h-5z",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5.500l3.500 2",
  warn: "M12 4L2.500 20h19zM12 10v4.500M12 17v.01",
};
const svg = (tag, attributes, ...content) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
};
const icon = (name) =>
  svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: drawings[name] }));

const status = make("p", { role: "status", class: "unseen", id: "status" });
let speaking = 0;
// Emptied first: a screen reader says nothing of a text that was there already.
const say = (text) => {
  clearTimeout(speaking);
  status.textContent = "";
  speaking = setTimeout(() => (status.textContent = text), 60);
};

// A window of its own above the page, which is as good as gone until it is closed.
const dialog = (title, attributes, ...content) => {
  const id = `title-${all("dialog").length}`;
  const found = make("dialog", { "aria-labelledby": id, ...attributes }, make("h2", { id, tabindex: "-1" }, title), ...content);
  on(found, "click", (event) => event.target === found && found.close());
  document.body.append(found);
  return found;
};
const open = (found) => (found.showModal ? found.showModal() : found.setAttribute("open", ""));

// A question that is answered by a deed, or by going back.
const question = (title, content, yes, deed, kind = "button") => {
  const found = dialog(title, { class: "ask" }, make("p", ...content), make("p.row",
    button(yes, () => {
      found.close();
      deed();
    }, kind),
    button(words.cancel, () => found.close(), "secondary")));
  return found;
};
