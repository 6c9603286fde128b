/* Where drafts are kept. IndexedDB is what survives when a browser dies: it says when a write is on the disk. A copy in
   localStorage is for where there is no IndexedDB; on a computer that many use, all is kept in the tab and nowhere else. */
const me = base32(crypto.getRandomValues(new Uint8Array(10)));
const KEY = `quizgen:${data.mode}:${data.quiz}:${data.form}:${data.digest}`;
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

// Lower case, without padding.
function base32(bytes) {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{1,5}/g).map((five) => "abcdefghijklmnopqrstuvwxyz234567"[parseInt(five.padEnd(5, "0"), 2)]).join("");
}

// localStorage or sessionStorage, either of which may be forbidden, full, or hold something else.
const shelf = (name) => ({
  read(key) {
    try {
      const kept = JSON.parse(globalThis[name].getItem(key));
      return kept && kept.key === key ? kept : null;
    } catch {
      return null;
    }
  },
  write(record) {
    try {
      globalThis[name].setItem(record.key, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  },
  remove(key) {
    try {
      globalThis[name].removeItem(key);
    } catch {
      // what cannot be reached holds nothing of ours
    }
  },
  keys() {
    try {
      return Object.keys(globalThis[name]).filter((key) => key.startsWith("quizgen:"));
    } catch {
      return [];
    }
  },
});
const local = shelf("localStorage");
const session = shelf("sessionStorage");

let database = null;
const opened = () =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the database does not open")), 4000);
    const asked = indexedDB.open("quizgen", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "key" });
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
  });

// Runs `work` with the drafts, and resolves with what it put into `found` when all of it is on the disk.
const transaction = (work, mode = "readwrite") =>
  new Promise((resolve, reject) => {
    const running = database.transaction("drafts", mode, { durability: "strict" });
    const found = {};
    running.oncomplete = () => resolve(found);
    running.onabort = running.onerror = () => reject(running.error);
    work(running.objectStore("drafts"), found);
  });

const outdated = (record) => !(record.saved > Date.now() - KEPT_FOR);

// The draft that was kept, made this tab's own by `claim`, which is given it, or null, and gives what to keep.
const take = async (claim) => {
  const near = session.read(KEY);
  if (near || data.shared) {
    const record = claim(near);
    return { record, kept: session.write(record) && "tab" };
  }
  const copy = local.read(KEY);
  local.keys().map(local.read).filter((record) => record && outdated(record)).forEach((record) => local.remove(record.key));
  const best = (kept) => {
    const sound = [kept, copy].filter((record) => record && !outdated(record));
    return sound.sort((one, other) => other.seq - one.seq)[0] || null;
  };
  try {
    database = await opened();
    const { record } = await transaction((drafts, found) => {
      drafts.openCursor().onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        if (outdated(cursor.value)) cursor.delete();
        cursor.continue();
      };
      drafts.get(KEY).onsuccess = ({ target }) => drafts.put((found.record = claim(best(target.result))));
    });
    local.write(record);
    return { record, kept: "device" };
  } catch {
    database = null;
    const record = claim(best(null));
    return { record, kept: local.write(record) && "device" };
  }
};

// Keeps the draft, unless another tab took it: "kept", "taken", or "failed".
const keep = async (record) => {
  if (place === "tab") return session.write(record) ? "kept" : "failed";
  if (database) {
    try {
      const { taken } = await transaction((drafts, found) => {
        drafts.get(KEY).onsuccess = ({ target: { result } }) => {
          if (result && result.owner !== me) found.taken = true;
          else drafts.put(record);
        };
      });
      if (!taken) mirror(record);
      return taken ? "taken" : "kept";
    } catch {
      // the disk is full, perhaps: the copy may still go through
    }
  }
  const done = mirror(record);
  return done === null ? "taken" : done ? "kept" : "failed";
};

// The copy: true if it was written, null if it belongs to another tab.
const mirror = (record) => {
  const copy = local.read(KEY);
  return copy && copy.owner !== me && copy.seq >= record.seq ? null : local.write(record);
};

// Whether another tab took the draft.
const taken = async () => {
  if (place !== "device") return false;
  if (!database) return (local.read(KEY) || { owner: me }).owner !== me;
  try {
    const { owner } = await transaction((drafts, found) => {
      drafts.get(KEY).onsuccess = ({ target: { result } }) => (found.owner = result ? result.owner : me);
    }, "readonly");
    return owner !== me;
  } catch {
    return false;
  }
};

const forget = async () => {
  session.remove(KEY);
  local.remove(KEY);
  if (database) await transaction((drafts) => drafts.delete(KEY)).catch(() => null);
};
