// Puts the player together, and reads the draft.
root.classList.add("scripted");
const foot = one("body > footer");
one("header").append(display);
one("header").after(banners);
if (!practising) {
  document.getElementById("note").textContent = data.shared ? words.note_shared : words.note_saved;
  foot.before(reviewBox);
}
const credits = foot.childElementCount > 0;
foot.hidden = !credits;
document.body.append(status, bar, overlay);
const dateField = personal.find(({ name }) => name === "date");
if (dateField && !dateField.value) dateField.value = new Date().toLocaleDateString(root.lang);

ready.add((found) => {
  if (!found) return;
  const brought = make("div.banner.calm", { role: "status" }, make("p", fill(words.brought_back, { time: keptSince(found.saved), n: Object.keys(found.answers).length })),
    button(words.start_again, () => restart.showModal(), "quiet"), button(words.close, () => brought.remove(), "quiet"));
  if (!found.handed && (Object.keys(found.answers).length || found.person.name)) banners.append(brought);
});
const restart = question(words.start_again_ask, [words.start_again_long], words.start_again, startAgain, "button warning");
begin();
