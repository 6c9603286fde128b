"use strict";
// The live preview: comes back by itself when the bank changes, with the reader's place kept, and shows in the passage
// the words that prove the key of the question one is at.
(() => {
  const version = document.body.dataset.version;
  const state = document.getElementById("state");
  const store = "quizgen preview " + location.pathname;
  const cards = [...document.querySelectorAll(".card")];
  const readings = [...document.querySelectorAll(".reading")];

  // --- The place, over a reload ---------------------------------------------------------------------------------

  const keep = () => {
    const top = [...cards, ...readings].filter((part) => part.getBoundingClientRect().bottom > 60)
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .find((part) => part.matches(".card") || part.getBoundingClientRect().top > 60);
    sessionStorage.setItem(store, JSON.stringify({
      made: Object.fromEntries(cards.map((card) => [card.dataset.name, card.dataset.made])),
      name: top?.dataset.name,
      offset: top?.getBoundingClientRect().top,
      y: scrollY,
      inner: readings.map((reading) => reading.scrollTop),
      focus: document.activeElement?.id,
    }));
    history.scrollRestoration = "manual";
    location.reload();
  };

  const settle = (kept) => {
    document.documentElement.classList.add("settling");
    readings.forEach((reading, number) => { reading.scrollTop = kept.inner[number] ?? 0; });
    const top = cards.find((card) => kept.name && card.dataset.name === kept.name);
    scrollTo(0, top && kept.y ? scrollY + top.getBoundingClientRect().top - kept.offset : kept.y);
    if (kept.focus) document.getElementById(kept.focus)?.focus({ preventScroll: true });
    document.documentElement.classList.remove("settling");
    const fresh = cards.filter((card) => kept.made[card.dataset.name] !== card.dataset.made);
    fresh.forEach((card) => card.classList.add("fresh"));
    return fresh.length === 1 ? fresh[0] : null;
  };

  const kept = JSON.parse(sessionStorage.getItem(store));
  sessionStorage.removeItem(store);
  history.scrollRestoration = "auto";
  const changed = kept && settle(kept);

  // --- The preview that the page came from ----------------------------------------------------------------------

  const say = (text, lost) => {
    state.classList.toggle("lost", lost);
    state.textContent = text;
  };
  const events = new EventSource("events");
  events.onmessage = (event) => {
    if (event.data !== version) return keep();
    say(kept ? "updated" : "live", false);
    if (changed) {
      const link = document.createElement("a");
      link.href = "#" + changed.id;
      link.textContent = "question " + changed.id.slice(1);
      state.append(": ", link);
    }
  };
  events.onerror = () => say("quizgen preview has stopped", true);
  addEventListener("pagehide", () => events.close());

  // --- Evidence -------------------------------------------------------------------------------------------------

  const light = (card, on) => {
    document.querySelectorAll(`mark[data-for~="${card.id}"]`).forEach((mark) => mark.classList.toggle("on", on));
  };
  for (const card of cards) {
    const shown = () => light(card, card.matches(":hover, :focus-within"));
    for (const event of ["pointerenter", "pointerleave", "focusin"]) card.addEventListener(event, shown);
    card.addEventListener("focusout", () => setTimeout(shown));
  }
})();
