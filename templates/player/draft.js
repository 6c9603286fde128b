// The draft: all that a candidate did, kept after every change, and taken up again when the page is opened anew.
const fresh = () => ({
  key: KEY,
  owner: me,
  seq: 0,
  attempt: base32(crypto.getRandomValues(new Uint8Array(16))),
  answers: {},
  flags: [],
  struck: {},
  person: {},
  started: Date.now(),
  spent: 0,
  saved: Date.now(),
  resumes: 0,
  handed: null,
});
let draft = fresh();
let place = "device"; // where it is kept: "device", "tab", or false
let away = false; // whether another tab has it
let unsaved = false;
let waiting = 0;
let isLate = () => false; // where there is a time, whether it is over
const ready = new Set(); // what is called once the draft is there
const savers = new Set(); // what adds to the draft before it is kept
const touched = new Set(); // items that were answered before the draft was read

const saving = make("p.saving", { "data-state": "saving" });
const showSaving = (state, text, picture) => {
  saving.dataset.state = root.dataset.saved = state;
  saving.replaceChildren(icon(picture), make("span", text));
};

let failures = 0;
const save = async () => {
  clearTimeout(waiting);
  waiting = 0;
  if (away || !root.dataset.ready) return;
  savers.forEach((add) => add());
  draft.seq += 1;
  draft.saved = Date.now();
  const { seq } = draft;
  const outcome = place ? await keep(structuredCopy(draft)) : "failed";
  if (outcome === "taken") return giveUp();
  if (waiting || seq !== draft.seq) return; // a newer one is on its way
  unsaved = outcome === "failed";
  if (unsaved) {
    showSaving("failed", words.not_saved, "warn");
    if (!failures) say(words.cannot_save);
    failures += 1;
    warned.hidden = false;
  } else {
    if (failures) say(words.saved);
    failures = 0;
    warned.hidden = true;
    showSaving("saved", place === "tab" ? words.saved_in_tab : words.saved, "tick");
  }
};
const structuredCopy = (record) => JSON.parse(JSON.stringify(record));

// Something is new: it is kept at once, or when typing pauses.
const changed = (soon = false) => {
  if (away) return;
  unsaved = true;
  clearTimeout(waiting);
  showSaving("saving", words.saving, "clock");
  if (soon) waiting = setTimeout(save, 120);
  else save();
};

// Another tab took the draft: here it can only be read.
const giveUp = () => {
  if (away) return;
  away = true;
  unsaved = false;
  items.forEach((item) => (item.disabled = true));
  root.dataset.away = "";
  showSaving("away", words.open_elsewhere, "warn");
  banner(words.open_elsewhere_long, button(words.go_on_here, () => location.reload(), "button"));
};

const banners = make("div.banners");
const banner = (text, ...content) => {
  const found = make("div.banner", { role: "alert" }, make("p", icon("warn"), text), ...content);
  banners.append(found);
  return found;
};
const warned = banner(words.cannot_save);
warned.hidden = true;

on(main, "input", ({ target }) => {
  const item = target.closest("fieldset");
  if (!item) return;
  const answer = answerOf(item);
  if (answer) draft.answers[numberOf(item)] = answer;
  else delete draft.answers[numberOf(item)];
  touched.add(numberOf(item));
  fire(item, "answered");
  fire(document, "progress");
  changed(target.matches("input[type=text], textarea"));
});

const person = one(".person");
const personal = person ? all("input", person) : [];
const readPerson = () => personal.forEach(({ name, value }) => (draft.person[name] = value));
if (person) {
  on(person, "input", () => {
    readPerson();
    changed(true);
  });
}

// Other tabs hear of it at once where they can; else when they next want to save, or are looked at.
const channel = globalThis.BroadcastChannel ? new BroadcastChannel("quizgen") : null;
const listen = () => {
  if (channel) {
    channel.onmessage = ({ data: told }) => told.key === KEY && told.owner !== me && taken().then((gone) => gone && giveUp());
    channel.postMessage({ key: KEY, owner: me });
  }
  on(document, "visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
    else taken().then((gone) => gone && giveUp());
  });
  on(globalThis, "pagehide", flush);
  on(globalThis, "pageshow", ({ persisted }) => persisted && taken().then((gone) => gone && giveUp()));
  on(globalThis, "beforeunload", (event) => {
    flush();
    if (unsaved && !(place === "device" && !failures)) event.preventDefault();
  });
};
const flush = () => {
  if (!unsaved || away) return;
  save();
  if (place === "device") mirror(draft);
};

const keptSince = (time) => new Date(time).toLocaleString(root.lang, { dateStyle: "medium", timeStyle: "short" });
const begin = async () => {
  showSaving("saving", words.saving, "clock");
  let found = null;
  const early = draft;
  const got = await take((kept) => {
    found = kept && isDraft(kept) ? kept : null;
    return found ? { ...fresh(), ...found, owner: me, seq: found.seq + 1, resumes: found.resumes + 1 } : early;
  });
  draft = got.record;
  place = got.kept;
  for (const number of touched) {
    if (early.answers[number]) draft.answers[number] = early.answers[number];
    else delete draft.answers[number];
  }
  items.filter((item) => !touched.has(numberOf(item))).forEach((item) => setAnswer(item, draft.answers[numberOf(item)]));
  personal.forEach((field) => (field.value = draft.person[field.name] || field.value));
  root.dataset.ready = "true";
  if (found) root.dataset.resumed = "true";
  ready.forEach((call) => call(found));
  fire(document, "progress");
  listen();
  if (touched.size || !place) changed();
  else showSaving("saved", place === "tab" ? words.saved_in_tab : words.saved, "tick");
};
const isDraft = ({ answers, flags, struck, person: who, attempt, seq, resumes }) =>
  [answers, struck, who].every((part) => part && typeof part === "object") &&
  Array.isArray(flags) && typeof attempt === "string" && Number.isInteger(seq) && Number.isInteger(resumes);

const startAgain = async () => {
  away = true;
  await forget();
  location.reload();
};

// On a computer that many use: what is on the device goes, and from now on the tab alone keeps it.
const useTab = async () => {
  await forget();
  place = "tab";
  changed();
};
