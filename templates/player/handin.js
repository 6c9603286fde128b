// Handing in: the answers become a file, which the candidate gives to the teacher; a receipt tells that it is the same.
const named = data.candidate || {};
const student = () => ({ name: named.name || draft.person.name || "", id: named.id || draft.person.class || "" });

const payload = () => ({
  v: 1,
  quiz: data.quiz,
  digest: data.digest,
  form: data.form,
  attempt: draft.attempt,
  student: student(),
  token: data.token,
  answers: draft.answers,
  claims: {
    started: new Date(draft.started).toISOString(),
    submitted: new Date().toISOString(),
    resumes: draft.resumes,
    late: isLate(),
  },
});

const saveFile = ({ name, text }) => {
  const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
};

const receipt = make("p.receipt");
const fileName = make("b.file");
const sealing = make("p.sealing");
const copied = make("textarea", { readonly: true, rows: "5", "aria-label": words.file_text, hidden: true });
const copy = async () => {
  copied.hidden = false;
  copied.value = draft.handed.text;
  copied.focus();
  copied.select();
  try {
    await navigator.clipboard.writeText(draft.handed.text);
    say(words.copied);
  } catch {
    say(words.copy_by_hand);
  }
};
const erase = question(words.erase_ask, [words.erase_long], words.erase, startAgain, "button warning");
const doneView = addView("done", words.done,
  make("div.panel", make("p", words.receipt), receipt),
  make("ol.next",
    make("li", words.next_file, " ", fileName),
    make("li", words.next_give),
    make("li", words.next_note)),
  sealing,
  make("p.row", button(words.save_again, () => saveFile(draft.handed), "button"), button(words.copy_text, copy, "secondary")),
  copied,
  make("p.row", button(words.look_again, () => show("quiz"), "quiet"), button(words.erase, () => erase.showModal(), "quiet", "cross")));

const showDone = () => {
  const { handed } = draft;
  receipt.textContent = handed.receipt || words.no_receipt;
  receipt.classList.toggle("none", !handed.receipt);
  fileName.textContent = handed.name;
  sealing.textContent = handed.sealed ? sealingWords[0] : sealingWords[1];
  sealing.classList.toggle("warned", !handed.sealed);
  show("done");
};

let handing = false;
const handIn = async () => {
  if (handing) return;
  handing = true;
  try {
    const { name, text, receipt: code, sealed } = await responseFile(payload(), data);
    draft.handed = { name, text, receipt: code, sealed, at: Date.now() };
    saveFile(draft.handed);
    changed();
    showDone();
    fire(document, "progress");
  } catch (problem) {
    say(words.no_file);
    banner(words.no_file);
    throw problem;
  } finally {
    handing = false;
  }
};
ready.add(() => draft.handed && showDone());
