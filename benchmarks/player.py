"""The quiz in a browser, beside its goals: what a crash takes, how long saving and opening take, how large pages are.

`make player`, or a part: `python -m benchmarks.player kills|latency|load|sizes|forms`; `--kills N` kills so often
instead of 100 times in each browser.

A kill: the browser is started on the profile that the last one left, and the page must show what it showed when it
last said "Saved". Then some items are answered anew, and as soon as the page says "Saved" all processes of the browser
are ended at once. Saving is timed within the page, from the event of a choice to the word "Saved". Opening is timed
from the navigation until the draft is there, with Chromium slowed down to a quarter.
"""

import os
import random
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from playwright.sync_api import Page

from quizgen.bank import Bank, parse
from quizgen.form import Form, Settings
from tests.browsers import ENGINES, Browsers, Engine, driver, program
from tests.taking import answer, save_page, state_of, wait_until_ready, wait_until_saved
from tests.test_page import form_from, form_of

from .printing import BANK, built

KILLS, SAVES, LOADS, FORMS = 100, 200, 5, 1000
SAVED_IN, OPENED_IN, BUILT_IN = 50.0, 1000.0, 10.0
"""What saving (95th percentile) and opening (median) may take, in milliseconds; and building, in seconds."""
SMALL, LARGE = 60 * 1024, 200 * 1024
"""How many bytes a page of 20 and one of 200 items may have."""
SLOWER = 4

EXAM, PRACTICE = Settings(mode="exam"), Settings(mode="practice")
TEXTS = ("the Moon", "Zoë O’Neill", "16,1", "two\nlines", "潮汐", "مدّ")


def form(items: int = 20) -> Form:
    """A form with so many items of all types, from banks like that of `make bench`."""
    file, found = parse(BANK.read_bytes(), str(BANK))
    assert file is not None
    assert not found
    copies = -(-items // 20)
    files = (replace(file, article=file.article.model_copy(update={"id": f"copy-{at}"})) for at in range(copies))
    return form_from(Bank(tuple(files)), items)


# --- A crash after "Saved" --------------------------------------------------------------------------------------


def lost_after_kills(browsers: Browsers, engine: Engine, folder: Path, kills: int) -> Iterator[list[str]]:
    """For each kill, the items that did not come back as they were."""
    chance = random.Random(1931)
    quiz = form_of("tides")
    path = save_page(folder, quiz, EXAM)
    before = None
    for _ in range(kills + 1):
        with browsers.session(engine, folder) as session:
            page = session.page
            page.goto(path.as_uri())
            wait_until_ready(page)
            after = state_of(page)
            if before is not None:
                yield [str(was) for was, now in zip(before, after, strict=True) if was != now]
            for placed in chance.sample(list(quiz.items), 3):
                answer(page, placed, _answer(page, placed.number, placed.item.type, chance))
            page.get_by_role("button", name="Flag", exact=False).nth(chance.randrange(5)).click()
            wait_until_saved(page)
            before = state_of(page)
            session.kill()


def _answer(page: Page, number: int, kind: str, chance: random.Random) -> list[str]:
    """Something to answer with, in the letters that the page has."""
    item = page.locator(f"#q{number}")
    marks = [str(mark) for mark in item.locator("input[value]").evaluate_all("found => found.map((one) => one.value)")]
    entries = item.locator(".entries li").count()
    letters = ["A", "B", "C", "D", "E", "F"]
    match kind:
        case "multiple_choice" | "multiple_response" | "true_false":
            return [chance.choice(marks)]
        case "matching":
            return [chance.choice(letters[:3]) for _ in item.locator("select").all()]
        case "ordering":
            return chance.sample(letters[:entries], entries)
        case _:
            return [f"{chance.choice(TEXTS)} {chance.randrange(1000)}" for _ in item.get_by_role("textbox").all()]


def kills(browsers: Browsers, engine: Engine, folder: Path, number: int) -> Iterator[str]:
    start = perf_counter()
    lost = list(lost_after_kills(browsers, engine, folder, number))
    took = perf_counter() - start
    total = sum(map(len, lost))
    yield _row(f"{engine}: {len(lost)} kills after “Saved”, {took:.0f} s", f"{total} answers lost", total == 0)
    yield from (f"    {item}" for items in lost for item in items)


# --- Times ------------------------------------------------------------------------------------------------------

_SAVES = """async (times) => {
  const saving = document.querySelector(".saving");
  const options = [...document.querySelectorAll("main input[type=radio], main input[type=checkbox]")];
  const found = [];
  for (let at = 0; at < times; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const saved = new Promise((resolve) => {
      let began = false;
      const watch = new MutationObserver(() => {
        began ||= saving.dataset.state === "saving";
        if (!began || saving.dataset.state !== "saved") return;
        watch.disconnect();
        resolve(performance.now());
      });
      watch.observe(saving, { attributes: true });
    });
    const start = performance.now();
    const open = options.filter((option) => option.type === "checkbox" || !option.checked);
    open[(at * 7) % open.length].click();
    found.push((await saved) - start);
  }
  return found;
}"""


def latency(browsers: Browsers, engine: Engine, folder: Path) -> Iterator[str]:
    with browsers.session(engine, folder / "latency") as session:
        session.page.goto(save_page(folder, form(), EXAM).as_uri())
        wait_until_ready(session.page)
        times = session.page.evaluate(_SAVES, SAVES)
    most = quantiles(times, n=20)[-1]
    yield _row(
        f"{engine}: saving {len(times)} choices", f"median {median(times):.0f} ms, p95 {most:.0f} ms", most <= SAVED_IN
    )


_READY = """new MutationObserver((seen, watch) => {
  if (!document.documentElement?.dataset.ready) return;
  watch.disconnect();
  window.readyAfter = performance.now();
}).observe(document, { attributes: true, childList: true, subtree: true });"""


def load(browsers: Browsers, folder: Path) -> Iterator[str]:
    for items, settings in ((20, EXAM), (200, EXAM), (200, PRACTICE)):
        path = save_page(folder, form(items), settings)
        blank = folder / "blank.html"
        blank.write_text("<!DOCTYPE html><title>Blank</title>")
        times = []
        for _ in range(LOADS):
            with browsers.tab("chromium", blank) as page:
                page.add_init_script(_READY)
                page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                page.goto(path.as_uri())
                wait_until_ready(page)
                times.append(page.evaluate("window.readyAfter"))
        text = f"median {median(times):.0f} ms, worst {max(times):.0f} ms"
        yield _row(f"chromium, {SLOWER} times slower: {items} items, {settings.mode}", text, median(times) <= OPENED_IN)


# --- Sizes and builds -------------------------------------------------------------------------------------------


def sizes(folder: Path) -> Iterator[str]:
    for items, most in ((20, SMALL), (200, LARGE)):
        for settings in (EXAM, PRACTICE):
            size = save_page(folder, form(items), settings).stat().st_size
            goal = size <= most if settings is EXAM else None
            yield _row(f"{items} items, {settings.mode}", f"{size / 1024:.1f} KB", goal)


def forms(folder: Path) -> Iterator[str]:
    run = built(folder / "forms", "--forms", str(FORMS), "--format", "html")
    text = f"{run.clock:.1f} s, {run.processor:.1f} s of the processor, {run.memory:.0f} MB"
    yield _row(f"{FORMS:,} forms in HTML and their keys, one process", text, run.clock <= BUILT_IN)


def _row(what: str, text: str, good: bool | None) -> str:
    return f"{what:<60} {text}{'' if good is None else '  ok' if good else '  TOO MUCH'}"


def main() -> None:
    parts = ("sizes", "forms", "load", "latency", "kills")
    parser = ArgumentParser(description="The quiz in a browser, beside its goals.")
    parser.add_argument("part", nargs="?", choices=parts, help="only this")
    parser.add_argument("--kills", type=int, default=KILLS, help="so many in each browser")
    parser.add_argument("--browser", choices=ENGINES, help="only in this one")
    wanted = parser.parse_args()
    engines = [engine for engine in ENGINES if program(engine) and wanted.browser in (None, engine)]
    bad = False
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, driver(Path(name, "driver")) as browsers:
        folder = Path(name)

        def of(part: str) -> Iterator[str]:
            match part:
                case "sizes":
                    yield from sizes(folder)
                case "forms":
                    yield from forms(folder)
                case "load":
                    yield from load(browsers, folder)
                case "latency":
                    for engine in engines:
                        yield from latency(browsers, engine, folder)
                case _:
                    for engine in engines:
                        yield from kills(browsers, engine, folder, wanted.kills)

        for part in [wanted.part] if wanted.part else parts:
            for line in of(part):
                print(line, flush=True)
                bad |= line.endswith("TOO MUCH")
    sys.exit(bad)


if __name__ == "__main__":
    main()
