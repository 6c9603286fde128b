// Practice: compares a response with the answers in the page as quizgen's own scoring does.
const keys = JSON.parse(document.getElementById("answers").textContent);

// What keyboards and word processors write in different ways, though nobody means a difference (items/wording.py).
const alike = { "‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-" };
const unseen = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;
const halfwidth = (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);
// A mark that is set on a letter (its combining class is not 0): normal form puts it in order among others.
const combines = (mark) => [`${mark}\u0334`, `\u0345${mark}`].some((marks) => marks.normalize("NFD") !== marks);
const unmarked = (text) => text.normalize("NFD").replace(/\p{M}/gu, (mark) => (combines(mark) ? "" : mark));
// Python's casefold: by way of capitals ß is ss and ﬁ is fi; only the dotless ı is no i.
const folded = (text) => text.replace(/[^ı]+/g, (run) => run.toLowerCase().toUpperCase().toLowerCase()).replace(/ς/g, "σ");
const comparable = (text, ignore) => {
  text = text.normalize("NFC").replace(unseen, "").replace(/[‘’`´“”«»‐‑–—−]/g, (sign) => alike[sign]).replace(/[\uff01-\uff5e]/g, halfwidth);
  if (ignore.includes("accents")) text = unmarked(text).normalize("NFC");
  if (ignore.includes("case")) text = folded(text).normalize("NFC");
  text = text.replace(spaces, " ");
  if (ignore.includes("punctuation")) text = text.replace(/(?<=[\p{L}\p{Nl}\p{No}])['.](?=[\p{L}\p{Nl}\p{No}]| |$)/gu, "").replace(/[^\p{L}\p{M}\p{N}]/gu, " ");
  return text.replace(/ +/g, " ").replace(/^ | $/g, "");
};

// The numbers that may be meant, in any script's digits: a comma is the decimal mark, or groups thousands, or
// follows points that do (items/numeric.py).
const marks = { "−": "-", "–": "-", "－": "-", "．": ".", "，": ",", "٫": ".", "٬": "," };
const digit = (sign) => {
  let zero = sign.codePointAt(0); // digits stand in the table by tens
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (sign.codePointAt(0) - zero) % 10;
};
const readings = (text) => {
  if ([...text].length > 64) return [];
  const plain = text.replace(spaces, "").replace(/[−–－．，٫٬]/g, (sign) => marks[sign]).replace(/\p{Nd}/gu, digit);
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?(e[+-]?\d+)?$/i.test(plain);
  const pointed = /^[+-]?\d{1,3}(\.\d{3})+,\d+$/.test(plain);
  const found = [plain.replace(",", ".")];
  if (grouped) found.push(plain.replace(/,/g, ""));
  if (pointed) found.push(plain.replace(/\./g, "").replace(",", "."));
  return found.filter((number) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)).map(Number);
};

const pairs = (list) => list.slice(1).map((entry, at) => `${list[at]} ${entry}`);

// Each gives the share that is right, 0 to 1.
const share = {
  one: (given, { key }) => (given[0] === key[0] ? 1 : 0),
  many: (given, { key }) => {
    const hits = given.filter((letter) => key.includes(letter)).length;
    return Math.max(0, 2 * hits - given.length) / key.length;
  },
  text: (given, { key, ignore }) =>
    key.filter((texts, at) => given[at] && comparable(given[at], ignore) && texts.some((text) => comparable(text, ignore) === comparable(given[at], ignore))).length / key.length,
  number: (given, { key: [low, high] }) => (readings(given[0]).some((number) => number >= low && number <= high) ? 1 : 0),
  places: (given, { key }) => key.filter((letter, at) => letter === given[at]).length / key.length,
  order: (given, { key }) => {
    const once = given.map((letter, at) => (letter && given.indexOf(letter) === given.lastIndexOf(letter) ? letter : `?${at}`));
    return pairs(key).filter((pair) => pairs(once).includes(pair)).length / (key.length - 1);
  },
};

// What a response earns, in words; nothing is said of it where the marking is as usual (items/scoring.py).
const earnedBy = (right, { points, partial, wrong }) => {
  if (points === undefined) return "";
  const all = right === 1 || (right > 0 && partial) ? right * points : wrong * points;
  const number = Number(all.toFixed(2));
  return ` ${fill(words.points, { n: number }).replace("-", "−")}`;
};
