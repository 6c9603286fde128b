// Text size and colours as the reader wants them; kept for all quizzes on the device.
const SIZES = 5;
const shown = (() => {
  try {
    return JSON.parse(localStorage.getItem("quizgen-display")) || {};
  } catch {
    return {};
  }
})();
const applyDisplay = () => {
  const { theme, size } = shown;
  if (["light", "dark", "contrast"].includes(theme)) root.dataset.theme = theme;
  else delete root.dataset.theme;
  if (Number.isInteger(size) && size > 0 && size < SIZES) root.dataset.size = size;
  else delete root.dataset.size;
};
const setDisplay = (change) => {
  Object.assign(shown, change);
  applyDisplay();
  try {
    localStorage.setItem("quizgen-display", JSON.stringify(shown));
  } catch {
    // then it holds for this time
  }
};
applyDisplay();

const resize = (by) => () => {
  const size = Math.min(SIZES - 1, Math.max(0, (shown.size || 0) + by));
  setDisplay({ size: by ? size : 0 });
  say(fill(words.size_is, { n: `${[100, 112, 125, 150, 175][shown.size]} %` }));
};
const sizeButton = (text, name, by) => button(text, resize(by), { "aria-label": name, title: name });
const themes = make("select", { change: () => setDisplay({ theme: themes.value }) },
  ...[["", words.theme_system], ["light", words.theme_light], ["dark", words.theme_dark], ["contrast", words.theme_contrast]]
    .map(([value, text]) => make("option", { value }, text)));
themes.value = root.dataset.theme || "";

const sharing = make("input", { type: "checkbox" });
on(sharing, "change", () => {
  useTab();
  sharing.disabled = true;
  say(words.shared_on);
});
const display = make("details.display",
  make("summary", words.display),
  make("div.settings",
    make("div", { role: "group", "aria-label": words.text_size, class: "sizes" },
      make("span", { "aria-hidden": "true" }, words.text_size), sizeButton("A−", words.smaller, -1), sizeButton("A", words.usual_size, 0), sizeButton("A+", words.larger, 1)),
    make("label", make("span", words.colours), themes),
    make("label.tick", sharing, make("span", words.shared)),
    button(words.print, () => print(), "secondary")),
  make("p.help", helping));
ready.add(() => {
  sharing.checked = sharing.disabled = place === "tab";
});
