// The response file (docs/responses.md), and its receipt. Where there are recipients, hpke.js seals it for them.
const joined = (...parts) =>
  new Uint8Array(
    parts.flatMap((part) => {
      if (typeof part === "number") return part;
      return Array.from(typeof part === "string" ? new TextEncoder().encode(part) : new Uint8Array(part));
    }),
  );
let sealedFor = null;
let sealingWords = ["", words.not_sealed]; // what is said of a file that is sealed, and of another

const sha256 = async (text) => {
  const hash = joined(await crypto.subtle.digest("SHA-256", joined(text)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
// The first 50 bits of the file's SHA-256 in Crockford's base32: XXXXX-XXXXX.
const receiptOf = async (text) => {
  const digits = Math.floor(parseInt((await sha256(text)).slice(0, 13), 16) / 4).toString(32).padStart(10, "0");
  const signs = digits.replace(/./g, (digit) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[parseInt(digit, 32)]);
  return `${signs.slice(0, 5)}-${signs.slice(5)}`;
};

// Half of a character that needs two, which a text cut in a bad place ends with, gives way to U+FFFD.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const wellFormed = (_, value) => (typeof value === "string" ? decoder.decode(joined(value)) : value);

// The file to hand in, to be saved as it is: {name, text, receipt, sealed}. `payload` is all that docs/responses.md
// says of it, `data` is the page's. Without crypto.subtle there is no receipt, and nothing can be sealed.
const responseFile = async (payload, data) => {
  const { quiz, digest, form, attempt } = payload;
  const written = JSON.stringify(payload, wellFormed);
  const able = Boolean(globalThis.crypto && crypto.subtle);
  const sealed = able && data.recipients.length > 0;
  const header = ["quizgen/response/v1", quiz, digest, form, attempt];
  const rest = sealed
    ? await sealedFor(data.recipients, joined(written), header)
    : { sum: able ? await sha256(written) : "", body: written };
  const text = JSON.stringify({ quizgen: "response", v: 1, quiz, digest, form, attempt, sealed, ...rest });
  const receipt = able ? await receiptOf(text) : null;
  return { name: `${data.name || "quiz"}-${form}-${receipt || attempt.slice(0, 10)}.qgr`, text, receipt, sealed };
};
