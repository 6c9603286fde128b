// The passage: beside its items on a wide screen; on a narrow one over the whole window, one tap away.
const passageOf = (item) => item.closest(".set").querySelector(".passage");
let current = items[0];
const wide = matchMedia("(min-width: 66rem)");

// The item that is worked on: the one with the focus, else the first whose end is still to be seen.
const currentItem = () => {
  const focused = document.activeElement && document.activeElement.closest("main fieldset");
  const seen = (item) => item.getBoundingClientRect().bottom > 96 && item.getBoundingClientRect().top < innerHeight;
  return focused && seen(focused) ? focused : items.find((item) => item.getBoundingClientRect().bottom > 96) || items[items.length - 1];
};

const goTo = (item) => {
  show("quiz", { focus: false });
  const after = item.nextElementSibling;
  const place = after && after.matches("[role=group]") ? after : item; // its review, since what is disabled takes no focus
  place.tabIndex = -1;
  item.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
};

const stand = document.createComment("");
const backToItem = button("", () => overlay.close(), "button");
const overlay = make("dialog.over", { "aria-label": words.read_passage }, make("p.back", backToItem));
on(overlay, "close", () => {
  stand.replaceWith(one(".passage", overlay));
  goTo(current);
});
const openPassage = () => {
  current = currentItem();
  const passage = passageOf(current);
  if (!passage) return;
  if (!overlay.showModal || wide.matches) {
    passage.scrollIntoView({ block: "start" });
    return passage.focus();
  }
  one("span", backToItem).textContent = fill(words.back_to, { n: numberOf(current) });
  passage.replaceWith(stand);
  overlay.append(passage);
  overlay.showModal();
  backToItem.focus();
};
on(wide, "change", () => overlay.open && overlay.close());

// --- Words of the passage, marked ---

const unmark = (passage) => {
  all("mark", passage).forEach((mark) => mark.replaceWith(...mark.childNodes));
  passage.normalize();
};

// Marks these words of the item's passage, and takes away what was marked before; how many were found.
const markEvidence = (item, quotations) => {
  const passage = passageOf(item);
  if (!passage) return 0;
  unmark(passage);
  const kept = quotations.filter((quotation) => markWords(passage, quotation));
  const first = one("mark", passage);
  if (first && wide.matches) passage.scrollTop += first.getBoundingClientRect().top - passage.getBoundingClientRect().top - 80;
  return kept.length;
};

// White space counts for nothing: a quotation may run on where the passage begins a new line.
const markWords = (passage, quotation) => {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const signs = []; // [node, offset] of every sign that is not white space
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("h1, h2, h3, h4, math")) continue;
    for (let offset = 0; offset < node.data.length; offset += 1) {
      if (/\s/.test(node.data[offset])) continue;
      signs.push([node, offset]);
      text += node.data[offset];
    }
  }
  const sought = quotation.replace(/\s+/g, "");
  const start = sought ? text.indexOf(sought) : -1;
  if (start < 0) return false;
  const ranges = new Map();
  for (const [node, offset] of signs.slice(start, start + sought.length)) {
    const range = ranges.get(node) || [offset, offset];
    ranges.set(node, [range[0], offset]);
  }
  for (const [node, [from, to]] of ranges) {
    const middle = node.splitText(from);
    middle.splitText(to - from + 1);
    const mark = make("mark");
    middle.replaceWith(mark);
    mark.append(middle);
  }
  return true;
};
