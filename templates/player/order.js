// Ordering: entries move up and down, by buttons or by dragging. The fields for their letters stay what is answered.
const orderings = items.filter((item) => item.dataset.type === "ordering");
for (const item of orderings) {
  const list = one(".entries", item);
  const selects = fieldsOf(item);
  const printed = [...list.children];
  const markOf = (entry) => one("b", entry).textContent;
  const state = make("p.state");
  const keepIt = button(words.keep_order, () => commit(), "secondary");

  const redraw = () => {
    const letters = selects.map((select) => select.value);
    const whole = printed.every((entry) => letters.includes(markOf(entry)));
    if (whole) printed.slice().sort((one, other) => letters.indexOf(markOf(one)) - letters.indexOf(markOf(other))).forEach((entry) => list.append(entry));
    else if (!letters.some(Boolean)) list.append(...printed);
    state.textContent = whole ? words.order_kept : words.order_open;
    state.classList.toggle("done", whole);
    keepIt.hidden = whole;
    const entries = [...list.children];
    entries.forEach((entry, at) => {
      one(".earlier", entry).setAttribute("aria-disabled", at === 0);
      one(".later", entry).setAttribute("aria-disabled", at === entries.length - 1);
    });
  };
  const commit = () => {
    [...list.children].forEach((entry, at) => (selects[at].value = markOf(entry)));
    redraw();
    fire(selects[0], "input");
  };
  const move = (entry, by, pressed) => {
    const entries = [...list.children];
    const to = entries.indexOf(entry) + by;
    if (to < 0 || to >= entries.length) return;
    if (by < 0) entries[to].before(entry);
    else entries[to].after(entry);
    commit();
    pressed.focus();
    say(fill(words.moved, { mark: markOf(entry), n: to + 1, m: entries.length }));
  };
  for (const entry of printed) {
    const mark = markOf(entry);
    const up = button("", () => move(entry, -1, up), { class: "earlier", "aria-label": fill(words.move_up, { mark }), title: fill(words.move_up, { mark }) }, "up");
    const down = button("", () => move(entry, 1, down), { class: "later", "aria-label": fill(words.move_down, { mark }), title: fill(words.move_down, { mark }) }, "down");
    const grip = make("span.grip", { "aria-hidden": "true" }, icon("grip"));
    entry.prepend(grip);
    entry.append(make("span.moves", up, down));
    on(grip, "pointerdown", (event) => {
      if (item.disabled || event.button) return;
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      entry.classList.add("dragged");
      const drag = ({ clientY }) => {
        const others = [...list.children].filter((other) => other !== entry);
        const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
        const next = others.find((other) => clientY < middle(other));
        if (next ? entry.nextElementSibling !== next : list.lastElementChild !== entry) list.insertBefore(entry, next || null);
      };
      const drop = () => {
        entry.classList.remove("dragged");
        grip.removeEventListener("pointermove", drag);
        commit();
      };
      on(grip, "pointermove", drag);
      on(grip, "lostpointercapture", drop, { once: true });
    });
  }
  list.classList.add("movable");
  one(".places", item).hidden = true;
  list.after(make("div.ordered", state, keepIt));
  on(item, "filled", redraw);
  redraw();
}
