/* The time that is left, where the page is to show it. Who turns the clock of the device back gains nothing: the time
   that passed counts, by the clock or by the page's own count, whichever is more. Nothing is locked at its end. */
const allowed = data.minutes * 60000;
let opening = 0;
let spentBefore = 0;
const spent = () => Math.max(Date.now() - draft.started, spentBefore + performance.now() - opening);
const timeLeft = () => allowed - spent();
isLate = () => timeLeft() < 0;

const startTimer = () => {
  opening = performance.now();
  spentBefore = draft.spent;
  savers.add(() => (draft.spent = Math.round(spent())));
  const reading = make("p", { role: "timer", "aria-live": "off", class: "reading" });
  const hide = button(words.hide_time, () => {
    reading.hidden = !reading.hidden;
    one("span", hide).textContent = reading.hidden ? words.show_time : words.hide_time;
  }, { class: "quiet" });
  clock.append(icon("clock"), reading, hide);
  clock.hidden = false;
  const marks = [allowed / 2, 600000, 300000, 60000].filter((mark) => mark < allowed && mark < timeLeft());
  let over = timeLeft() < 0;
  let kept = Date.now();
  const tick = () => {
    if (away || draft.handed) return;
    const time = timeLeft();
    const minutes = Math.max(0, Math.ceil(time / 60000));
    reading.textContent = time < 0 ? words.time_over : time < 60000 ? words.last_minute : fill(words.minutes_left, { n: minutes });
    clock.classList.toggle("short", time < 300000);
    if (marks.some((mark) => time <= mark)) {
      while (marks.some((mark) => time <= mark)) marks.splice(marks.findIndex((mark) => time <= mark), 1);
      if (time > 0) say(reading.textContent);
    }
    if (Date.now() - kept > 30000) {
      kept = Date.now();
      changed();
    }
    if (time < 0 && !over) {
      over = true;
      changed();
      open(timeUp);
    }
    if (time < 0) clock.classList.add("over");
  };
  tick();
  setInterval(tick, 1000);
  on(document, "visibilitychange", tick);
};
const timeUp = dialog(words.time_over, { class: "ask", role: "alertdialog" },
  make("p", words.time_over_long),
  make("p.row", button(words.check_answers, () => { timeUp.close(); finish(); }, { class: "button" }), button(words.go_on, () => timeUp.close(), "secondary")));

// Where there is a time, it begins when the candidate says so.
addView("start", words.start_heading,
  make("p", fill(words.start_long, { n: data.minutes })),
  make("p", words.start_hidden),
  make("p", button(words.start, () => {
    draft.begun = true;
    draft.started = Date.now();
    changed();
    show("quiz");
    items[0].closest(".set").scrollIntoView();
    startTimer();
  }, "button")));
show("start", { focus: false, push: false });
ready.add(() => {
  if (!draft.begun) return;
  startTimer();
  if (view === "start") show("quiz", { push: false, focus: false });
});
