// The response file, sealed so that only a teacher's key opens it (docs/responses.md): the payload by AES-256-GCM, and
// its key for each recipient by HPKE in base mode (RFC 9180) with P-256, HKDF-SHA256 and AES-256-GCM.
const joined = (...parts) =>
  new Uint8Array(
    parts.flatMap((part) => {
      if (typeof part === "number") return part;
      return Array.from(typeof part === "string" ? new TextEncoder().encode(part) : new Uint8Array(part));
    }),
  );
const base64url = (content) =>
  btoa(joined(content).reduce((text, byte) => text + String.fromCharCode(byte), "")).replace(
    /[+/=]/g,
    (sign) => ({ "+": "-", "/": "_" })[sign] || "",
  );
const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replace(/[-_]/g, (sign) => (sign === "-" ? "+" : "/"))), (sign) => sign.charCodeAt(0));

const hmac = async (key, content) => {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, content);
};
// HMAC pads an empty key to the same, but browsers refuse an empty one.
const noSalt = new Uint8Array(32);
const extract = (suite, salt, label, content) => hmac(salt, joined("HPKE-v1", suite, label, content));
// Up to 32 bytes: one block.
const expand = async (suite, key, label, content, length) =>
  (await hmac(key, joined(0, length, "HPKE-v1", suite, label, content, 1))).slice(0, length);

const aesSeal = async (key, iv, content, bound) => {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, imported, content);
};

// RFC 9180, section 6.1, Seal<MODE_BASE>: `point` is the recipient's public key, 65 bytes uncompressed.
const hpkeSeal = async (point, info, content, bound = "", ephemeral = null) => {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const kem = joined("KEM", 0, 0x10);
  const suite = joined("HPKE", 0, 0x10, 0, 1, 0, 2);
  const own = ephemeral || (await crypto.subtle.generateKey(curve, true, ["deriveBits"]));
  const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
  const enc = await crypto.subtle.exportKey("raw", own.publicKey);
  const agreed = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const prk = await extract(kem, noSalt, "eae_prk", agreed);
  const shared = await expand(kem, prk, "shared_secret", joined(enc, point), 32);
  const names = [await extract(suite, noSalt, "psk_id_hash", ""), await extract(suite, noSalt, "info_hash", info)];
  const context = joined(0, ...names);
  const secret = await extract(suite, shared, "secret", "");
  const key = await expand(suite, secret, "key", context, 32);
  const nonce = await expand(suite, secret, "base_nonce", context, 12);
  return { enc, sealed: await aesSeal(key, nonce, content, joined(bound)) };
};

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
  const file = { quizgen: "response", v: 1, quiz, digest, form, attempt };
  const written = JSON.stringify(payload, wellFormed);
  const able = Boolean(globalThis.crypto && crypto.subtle);
  const sealed = able && data.recipients.length > 0;
  if (sealed) {
    const header = ["quizgen/response/v1", quiz, digest, form, attempt];
    const content = joined(written);
    // Spaces, so that its length tells little.
    const padded = new Uint8Array(Math.ceil(content.length / 1024) * 1024).fill(32);
    padded.set(content);
    const key = crypto.getRandomValues(new Uint8Array(32));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const recipients = [];
    for (const { id, key: point } of data.recipients) {
      const { enc, sealed: cek } = await hpkeSeal(fromBase64url(point), JSON.stringify(header), key);
      recipients.push({ id, enc: base64url(enc), cek: base64url(cek) });
    }
    // All that stands in the open is bound to what is sealed.
    const bound = joined(JSON.stringify([...header, ...recipients.flatMap(({ id, enc, cek }) => [id, enc, cek])]));
    const body = base64url(await aesSeal(key, iv, padded, bound));
    Object.assign(file, { sealed, recipients, iv: base64url(iv), body });
  } else {
    Object.assign(file, { sealed, sum: able ? await sha256(written) : "", body: written });
  }
  const text = JSON.stringify(file);
  const receipt = able ? await receiptOf(text) : null;
  return { name: `${data.name || "quiz"}-${form}-${receipt || attempt.slice(0, 10)}.qgr`, text, receipt, sealed };
};
