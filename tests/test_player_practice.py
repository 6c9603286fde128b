"""Practice in both browsers: what is right and what is not is told, with why and where it stands, for every type."""

from pathlib import Path

from playwright.sync_api import Page

from quizgen.form import FormItem, record
from quizgen.items.base import letter

from .browsers import IN_BOTH, Browsers, Engine, browsers
from .taking import answer, item_of, save_page, wait_until_ready, wait_until_saved
from .test_browser import SAID, written
from .test_page import PRACTICE, form_of, plain

__all__ = ["browsers"]
FORM = form_of("tides")


def keyed(placed: FormItem) -> tuple[list[str], list[str]]:
    """The key as a page writes it, and the letters of all options."""
    listed = next(item for item in record(FORM).items if item.number == placed.number)
    key = [str(listed.key)] if isinstance(listed.key, int | float) else list(listed.key or ())
    letters = ["T", "F"] if placed.item.type == "true_false" else [letter(at) for at in range(len(listed.options))]
    return key, letters


def respond(page: Page, placed: FormItem, given: list[str]) -> None:
    """Answers the item anew."""
    for box in item_of(page, placed.number).locator("input[type=checkbox]").all():
        box.uncheck()
    answer(page, placed, given)


@IN_BOTH
def test_every_type_tells_what_is_right_and_why(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    with browsers.tab(engine, save_page(tmp_path, FORM, PRACTICE)) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        wait_until_ready(page)
        for placed in FORM.items:
            item, kind = item_of(page, placed.number), placed.item.type
            check = item.get_by_role("button", name="Check", exact=True)
            rationale = item.get_by_text(plain(placed.item.rationale or ""))
            assert not rationale.is_visible()
            if kind == "essay":
                respond(page, placed, ["Because the pull differs."])
                check.click()
                assert item.get_by_role("status").inner_text() == "Compare your answer with the rubric."
                continue
            for outcome in ("wrong", "right"):
                respond(page, placed, written(kind, *keyed(placed), outcome))
                assert item.get_by_role("status").inner_text() == ""
                check.click()
                assert item.get_by_role("status").inner_text() == SAID[outcome]
                assert rationale.is_visible()
            for quotation in placed.item.evidence or ():
                assert "".join(page.locator(".passage mark").all_inner_texts()) == quotation.quote
        wait_until_saved(page)


@IN_BOTH
def test_what_was_wrong_can_be_tried_again(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    first, second, *_ = [placed for placed in FORM.items if placed.item.type == "multiple_choice"]
    with browsers.tab(engine, save_page(tmp_path, FORM, PRACTICE)) as page:
        wait_until_ready(page)
        respond(page, first, written("multiple_choice", *keyed(first), "right"))
        respond(page, second, written("multiple_choice", *keyed(second), "wrong"))
        page.get_by_role("button", name="Check all").click()
        assert page.get_by_text("1 of 10 right").is_visible()
        page.get_by_role("button", name="Try again what was not right").click()
        assert item_of(page, second.number).locator("input:checked").count() == 0
        assert item_of(page, first.number).locator("input:checked").count() == 1
        assert item_of(page, second.number).evaluate("at => at === document.activeElement")
