"""What a candidate did is still there: after a crash, in another tab, on a device that keeps nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from .browsers import IN_BOTH, Browsers, Engine, browsers
from .taking import (
    answer,
    answer_all,
    answers_to,
    item_of,
    save_page,
    state_of,
    wait_for_saving,
    wait_until_ready,
    wait_until_saved,
)
from .test_page import EXAM, form_of

__all__ = ["browsers"]
FORM = form_of("tides")


@IN_BOTH
def test_all_that_was_done_outlives_a_crash(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = save_page(tmp_path, FORM, EXAM)
    choice, pair = (next(p for p in FORM.items if p.item.type == kind) for kind in ("multiple_choice", "matching"))
    with browsers.session(engine, tmp_path) as session:
        page = session.page
        page.goto(path.as_uri())
        wait_until_ready(page)
        untouched = state_of(page)
        page.get_by_role("textbox", name="Name").fill("Zoë O’Neill")
        answer_all(page, FORM, answers_to(FORM))
        item_of(page, pair.number).get_by_role("button", name="Flag for later").click()
        item_of(page, choice.number).get_by_role("button", name="Cross out C").click()
        wait_until_saved(page)
        before = state_of(page)
        session.kill()
    assert [one != other for one, other in zip(before, untouched, strict=True)] == [True] * len(before)
    with browsers.session(engine, tmp_path) as session:
        page = session.page
        page.goto(path.as_uri())
        wait_until_ready(page)
        assert state_of(page) == before
        assert page.get_by_role("textbox", name="Name").input_value() == "Zoë O’Neill"
        assert page.get_by_text("Your answers of").is_visible()
        assert not session.watched.complaints


@IN_BOTH
def test_an_order_that_was_not_touched_is_no_answer(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = save_page(tmp_path, FORM, EXAM)
    placed = next(placed for placed in FORM.items if placed.item.type == "ordering")
    with browsers.tab(engine, path) as page:
        wait_until_ready(page)
        item = item_of(page, placed.number)
        assert page.get_by_text("0 of 11 answered").is_visible()
        item.get_by_role("button", name="Keep this order").click()
        wait_until_saved(page)
        page.reload()
        wait_until_ready(page)
        assert page.get_by_text("1 of 11 answered").is_visible()
        assert item.get_by_text("This order is your answer.").is_visible()
        item.get_by_role("button", name="Clear my answer").click()
        wait_until_saved(page)
        page.reload()
        wait_until_ready(page)
        assert page.get_by_text("0 of 11 answered").is_visible()
        assert item.get_by_text("Not answered yet.").is_visible()


@IN_BOTH
def test_of_two_tabs_one_can_answer(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = save_page(tmp_path, FORM, EXAM)
    first_item = next(iter(FORM.items))
    with browsers.tab(engine, path) as first:
        wait_until_ready(first)
        answer(first, first_item, answers_to(FORM)[first_item.number])
        wait_until_saved(first)
        second = first.context.new_page()
        second.goto(path.as_uri())
        wait_until_ready(second)
        first.get_by_text("This quiz was opened in another tab or window.").wait_for()
        assert first.locator("fieldset:enabled").count() == 0
        assert second.get_by_text("1 of 11 answered").is_visible()
        item_of(second, first_item.number).get_by_role("button", name="Flag for later").click()
        wait_until_saved(second)
        first.get_by_role("button", name="Go on here").click()
        second.get_by_text("This quiz was opened in another tab or window.").wait_for()
        wait_until_ready(first)
        flag = item_of(first, first_item.number).get_by_role("button", name="Flagged")
        assert flag.get_attribute("aria-pressed") == "true"


# Each takes away what a browser may not have: by its settings, in a private window, when the disk is full.
NO_DATABASE = (
    "Object.defineProperty(globalThis, 'indexedDB', {get() { throw new DOMException('', 'SecurityError'); }});"
)
NO_SHELF = "".join(
    f"Object.defineProperty(globalThis, '{name}', {{get() {{ throw new DOMException('', 'SecurityError'); }}}});"
    for name in ("localStorage", "sessionStorage")
)
FULL = """
const full = () => { throw new DOMException("", "QuotaExceededError"); };
IDBObjectStore.prototype.put = full;
Storage.prototype.setItem = full;
"""


def answered_with(page: Page, path: Path, script: str) -> None:
    """Opens the page where the script has taken something away, and answers."""
    page.add_init_script(script)
    page.goto(path.as_uri())
    wait_until_ready(page)
    answer(page, next(iter(FORM.items)), answers_to(FORM)[1])


@IN_BOTH
@pytest.mark.parametrize("script", [NO_DATABASE + NO_SHELF, FULL], ids=["forbidden", "full"])
def test_a_page_that_can_keep_nothing_says_so(browsers: Browsers, engine: Engine, tmp_path: Path, script: str) -> None:
    path = save_page(tmp_path, FORM, EXAM)
    blank = tmp_path / "blank.html"
    blank.write_text("<!DOCTYPE html><title>Blank</title>")
    with browsers.tab(engine, blank, quiet=False) as page:
        answered_with(page, path, script)
        wait_for_saving(page, "failed")
        assert page.locator(".saving").inner_text().strip() == "Not saved"
        assert page.get_by_role("alert").get_by_text("This browser cannot keep your answers.").is_visible()
        assert page.get_by_text("1 of 11 answered").is_visible()


@IN_BOTH
def test_without_a_database_the_copy_is_taken_up(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = save_page(tmp_path, FORM, EXAM)
    blank = tmp_path / "blank.html"
    blank.write_text("<!DOCTYPE html><title>Blank</title>")
    with browsers.tab(engine, blank) as page:
        answered_with(page, path, NO_DATABASE)
        wait_until_saved(page)
        page.reload()
        wait_until_ready(page)
        assert page.get_by_text("1 of 11 answered").is_visible()


@IN_BOTH
def test_a_shared_computer_keeps_nothing_for_the_next(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    shared = EXAM.model_copy(update={"screen": EXAM.screen.model_copy(update={"shared": True})})
    path = save_page(tmp_path, FORM, shared)
    with browsers.tab(engine, path) as page:
        wait_until_ready(page)
        answer(page, next(iter(FORM.items)), answers_to(FORM)[1])
        wait_for_saving(page, "saved")
        assert page.locator(".saving").inner_text().strip() == "Saved until this page is closed"
        page.reload()
        wait_until_ready(page)
        assert page.get_by_text("1 of 11 answered").is_visible()
        other = page.context.new_page()
        other.goto(path.as_uri())
        wait_until_ready(other)
        assert other.get_by_text("0 of 11 answered").is_visible()
