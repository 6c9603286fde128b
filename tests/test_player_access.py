"""Everybody can take the quiz: on a phone and a wide screen, in every theme, from right to left, without JavaScript."""

import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page

from quizgen.form import Settings

from .browsers import IN_BOTH, Browsers, Engine, Look, browsers
from .taking import data_of, fill_all, hand_in, item_of, save_page, wait_until_ready, wait_until_saved
from .test_browser import AXE, RULES, RUN_AXE
from .test_page import BOTH_MODES, EXAM, PRACTICE, form_of

__all__ = ["browsers"]
PHONE, DESK = 320, 1280
TARGET = 24
"""The least height and width of what is pressed, in CSS pixels (WCAG 2.2, 2.5.8)."""

# Links within a line of text are exempt, and so is a box whose label is pressed instead of it.
_SMALL = """(least) => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=file])")]
  .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest(".skip"))
  .filter((target) => getComputedStyle(target).display !== "inline" || target.tagName !== "A")
  .map((target) => [target, ((target.labels && target.labels[0]) || target).getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < least || box.width < least))
  .map(([target, box]) => `${target.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`)"""


def assert_fits(page: Page, width: int) -> None:
    """Nothing runs out of the page sideways, and what is pressed is large enough."""
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate(_SMALL, TARGET) == []


def assert_sound(page: Page, width: int) -> None:
    """On both widths all fits, and on this one axe finds nothing that keeps somebody out."""
    for each in (PHONE + DESK - width, width):
        assert_fits(page, each)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES) == []


def walk(page: Page, width: int) -> None:
    """Through an exam from the first look to the receipt, with a judgement of all that is shown on the way."""
    wait_until_ready(page)
    assert_sound(page, width)
    fill_all(page)
    page.get_by_role("button", name="Flag for later").first.click()
    page.get_by_role("button", name="Cross out A").first.click()
    page.get_by_text("Display, print and help").click()
    wait_until_saved(page)
    assert_sound(page, width)
    page.get_by_role("button", name="Questions", exact=True).click()
    assert_sound(page, width)
    page.get_by_role("button", name="Close", exact=True).click()
    page.get_by_role("button", name="Check and hand in").click()
    page.get_by_role("button", name="Hand in", exact=True).click()  # without a name
    page.get_by_role("link", name="Enter your name").wait_for()
    assert_sound(page, width)
    page.get_by_role("button", name="Back to the questions").click()
    hand_in(page, "Ann")
    page.get_by_role("heading", name="Your answers are in a file").wait_for()
    assert_sound(page, width)


LOOKS: tuple[tuple[Look, str, int], ...] = (
    ("light", "", DESK),
    ("dark", "", PHONE),
    ("forced", "", DESK),
    ("light", "contrast", PHONE),
)


@IN_BOTH
@pytest.mark.parametrize(("look", "theme", "width"), LOOKS, ids=["light", "dark", "forced", "contrast"])
def test_an_exam_is_sound_in_every_look(
    browsers: Browsers, engine: Engine, tmp_path: Path, look: Look, theme: str, width: int
) -> None:
    form = form_of("tides")
    with browsers.tab(engine, save_page(tmp_path, form, EXAM), look=look) as page:
        if theme:
            wait_until_ready(page)
            page.get_by_text("Display, print and help").click()
            page.get_by_label("Colours").select_option("High contrast")
            page.get_by_text("Display, print and help").click()
        walk(page, width)


@IN_BOTH
@pytest.mark.parametrize(("look", "width"), [("light", PHONE), ("dark", DESK)])
def test_practice_is_sound_when_all_is_told(
    browsers: Browsers, engine: Engine, tmp_path: Path, look: Look, width: int
) -> None:
    form = form_of("tides")
    with browsers.tab(engine, save_page(tmp_path, form, PRACTICE), look=look) as page:
        wait_until_ready(page)
        fill_all(page)
        page.get_by_role("button", name="Check all").click()
        page.get_by_role("heading", name="Your results").wait_for()
        assert_sound(page, width)
        page.get_by_role("button", name="Back to the questions").click()
        assert_sound(page, width)


@IN_BOTH
def test_from_right_to_left(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    form = form_of("arabic")
    with browsers.tab(engine, save_page(tmp_path, form, EXAM)) as page:
        wait_until_ready(page)
        fill_all(page)
        assert_sound(page, PHONE)
        assert_fits(page, DESK)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        label = page.locator("fieldset .options label").first.bounding_box()
        radio = page.locator("fieldset .options input").first.bounding_box()
        assert label
        assert radio
        assert radio["x"] > label["x"] + label["width"] / 2  # it begins at the right
        passage, items = page.locator(".passage").bounding_box(), page.locator(".items").first.bounding_box()
        assert passage
        assert items
        assert passage["x"] > items["x"] + items["width"] - 1  # and so does what is read first


# --- Without JavaScript -----------------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """The letters of a text, whatever is between them, and whichever of its signs a font has for a letter."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def texts_of(page: Page) -> list[str]:
    """Every text of passages and items that is shown, in order."""
    found: list[str] = page.locator(
        ".passage p, .passage li, .passage td, .stem p, .options label > span, .prompts li, .matches li, .entries li"
    ).all_inner_texts()
    return [text for text in found if squeezed(text)]


@IN_BOTH
@BOTH_MODES
def test_without_javascript_all_is_read_and_printed(
    browsers: Browsers, engine: Engine, tmp_path: Path, settings: Settings
) -> None:
    form = form_of("tides")
    path = save_page(tmp_path, form, settings)
    with browsers.tab(engine, path) as page:
        words = data_of(page)
        assert words["mode"] == settings.mode
    with browsers.tab(engine, path, scripts=False) as page:
        assert page.locator("html[data-ready]").count() == 0
        for placed in form.items:
            fields = item_of(page, placed.number).locator("input, select, textarea")
            assert fields.count() == len([field for field in fields.all() if field.is_visible()]) > 0
        shown = texts_of(page)
        assert len(shown) > 40
        assert not [text for text in page.locator("button").all_inner_texts() if text]
        assert_fits(page, PHONE)
        sheets = pypdf.PdfReader(io.BytesIO(browsers.printed(engine, page))).pages
        printed = squeezed("".join(sheet.extract_text() for sheet in sheets))
        assert not [text for text in shown if squeezed(text)[:40] not in printed], printed


# --- On paper, and with large letters ---------------------------------------------------------------------------

# Of each option and entry: how far its text begins behind its letter, and how wide the text may be.
_ROOM = """() => [...document.querySelectorAll(".options:not(.row) label, .entries li, .matches li")]
  .filter((entry) => entry.checkVisibility())
  .map((entry) => {
    const letter = entry.querySelector("b");
    const range = document.createRange();
    range.setStartAfter(letter);
    range.setEndAfter(letter.nextElementSibling || letter.parentElement.lastChild);
    const rows = [...range.getClientRects()].filter((box) => box.width > 1);
    const mark = letter.getBoundingClientRect();
    const below = Math.min(...rows.map((box) => box.top)) >= mark.bottom - 4;
    return [below ? 0 : Math.min(...rows.map((box) => box.left)) - mark.right, entry.getBoundingClientRect().width];
  })"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_on_paper_letters_and_texts_stand_side_by_side(browsers: Browsers, tmp_path: Path, scripts: bool) -> None:
    with browsers.tab("chromium", save_page(tmp_path, form_of("tides"), EXAM), scripts=scripts) as page:
        if scripts:
            wait_until_ready(page)
        page.set_viewport_size({"width": 680, "height": 960})
        page.emulate_media(media="print")
        room = page.evaluate(_ROOM)
        assert len(room) > 8
        assert all(apart > 0 for apart, _ in room), room
        tall = page.locator(".entries li span:not(.grip, .moves)").evaluate_all(
            "(all) => all.map((e) => e.offsetHeight)"
        )
        assert max(tall) < 60


@IN_BOTH
def test_the_largest_letters_fit_on_a_phone(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    """No button leaves the window, and a line of an option has room for a word."""
    with browsers.tab(engine, save_page(tmp_path, form_of("tides"), EXAM)) as page:
        wait_until_ready(page)
        page.get_by_text("Display, print and help").click()
        for _ in range(4):
            page.get_by_role("button", name="Larger text").click()
        assert page.evaluate("document.documentElement.dataset.size") == "4"
        assert_fits(page, PHONE)
        for button in page.locator(".bar button").all():
            box = button.bounding_box()
            assert box
            assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE
        letters = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        room = page.locator(".options:not(.row) label").evaluate_all(
            "(all) => all.map((e) => e.clientWidth - parseFloat(getComputedStyle(e).paddingInlineStart))"
        )
        assert min(room) > 6 * letters
