// How a response file is sealed so that only a teacher's key opens it (docs/responses.md): the payload by AES-256-GCM,
// and its key for each recipient by HPKE in base mode (RFC 9180) with P-256, HKDF-SHA256 and AES-256-GCM.
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

sealingWords = [words.is_sealed, words.cannot_seal];
sealedFor = async (recipients, content, header) => {
  // Spaces, so that its length tells little.
  const padded = new Uint8Array(Math.ceil(content.length / 1024) * 1024).fill(32);
  padded.set(content);
  const key = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = [];
  for (const { id, key: point } of recipients) {
    const { enc, sealed: cek } = await hpkeSeal(fromBase64url(point), JSON.stringify(header), key);
    sealed.push({ id, enc: base64url(enc), cek: base64url(cek) });
  }
  // All that stands in the open is bound to what is sealed.
  const bound = joined(JSON.stringify([...header, ...sealed.flatMap(({ id, enc, cek }) => [id, enc, cek])]));
  return { recipients: sealed, iv: base64url(iv), body: base64url(await aesSeal(key, iv, padded, bound)) };
};
