// Practice: tells at once what is right. Compares a response with the answers in #answers as quizgen's own scoring does.
"use strict";
(() => {
  const { keys, words } = JSON.parse(document.getElementById("answers").textContent);

  // What keyboards and word processors write in different ways, though nobody means a difference (items/wording.py).
  const alike = { "‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "\u00ad": "" };
  const comparable = (text, ignore) => {
    text = text.normalize("NFC").replace(/[‘’`´“”«»‐‑–—−\u00ad]/g, (sign) => alike[sign]);
    if (ignore.includes("accents")) text = text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
    if (ignore.includes("case")) text = text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ").normalize("NFC");
    if (ignore.includes("punctuation")) text = text.replace(/[^\p{L}\p{M}\p{N}\s]/gu, " ");
    return text.replace(/\s+/g, " ").trim();
  };

  // The numbers that may be meant: a comma is the decimal mark, or groups thousands (items/numeric.py).
  const readings = (text) => {
    const plain = text.replace(/\s/g, "").replace("−", "-");
    const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?(e[+-]?\d+)?$/i.test(plain);
    const found = [plain.replace(",", ".")].concat(grouped ? [plain.replace(/,/g, "")] : []);
    return found.filter((number) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number)).map(Number);
  };
  const within = (number, [low, high]) => {
    const slack = 1e-12 * Math.max(Math.abs(low), Math.abs(high), 1e-300);
    return number >= low - slack && number <= high + slack;
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
      key.filter((texts, at) => texts.some((text) => comparable(text, ignore) === comparable(given[at] || "", ignore))).length / key.length,
    number: (given, { key }) => (readings(given[0]).some((number) => within(number, key)) ? 1 : 0),
    places: (given, { key }) => key.filter((letter, at) => letter === given[at]).length / key.length,
    order: (given, { key }) => {
      const once = given.map((letter, at) => (letter && given.indexOf(letter) === given.lastIndexOf(letter) ? letter : `?${at}`));
      return pairs(key).filter((pair) => pairs(once).includes(pair)).length / (key.length - 1);
    },
  };

  const response = (item) => {
    const picked = [...item.querySelectorAll("input[type=radio], input[type=checkbox]")];
    if (picked.length) return picked.filter((input) => input.checked).map((input) => input.value);
    return [...item.querySelectorAll("input, select, textarea")].map((field) => field.value.trim());
  };

  const judge = (item, key) => {
    const given = response(item);
    const verdict = item.querySelector(".verdict");
    const say = (kind, text) => {
      verdict.className = `verdict ${kind}`;
      verdict.textContent = text;
    };
    if (!given.some(Boolean)) return say("", words.none);
    if (key.kind === "essay") say("", words.compare);
    else {
      const right = share[key.kind](given, key);
      if (right === 1) say("right", words.right);
      else if (right > 0) say("partly", words.partly);
      else say("wrong", words.wrong);
    }
    item.querySelector("details").open = true;
  };

  document.documentElement.classList.add("scripted");
  for (const [number, key] of Object.entries(keys)) {
    const item = document.getElementById(`q${number}`);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "check";
    button.textContent = words.check;
    button.addEventListener("click", () => judge(item, key));
    item.insertBefore(button, item.querySelector(".verdict"));
  }
})();
