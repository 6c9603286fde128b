"""The time that is left: hidden or shown, not reset by a new start, and at its end nothing is locked or lost."""

from dataclasses import replace
from pathlib import Path

from .browsers import IN_BOTH, Browsers, Engine, browsers
from .taking import answer, answers_to, data_of, hand_in, save_page, wait_until_ready, wait_until_saved
from .test_page import AIGERIM, EXAM, form_of, framed
from .test_player_handin import opened

__all__ = ["browsers"]
TIMED = EXAM.model_copy(update={"screen": EXAM.screen.model_copy(update={"timer": True})})


def turned(hours: int) -> str:
    """A script that turns the clock of the device by so many hours."""
    return f"{{ const now = Date.now; Date.now = () => now.call(Date) + {hours} * 3600000; }}"


@IN_BOTH
def test_time_runs_on_and_locks_nothing(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    form = replace(framed(None, "tides"), minutes_given=1)
    first = next(iter(form.items))
    with browsers.tab(engine, save_page(tmp_path, form, TIMED)) as page:
        wait_until_ready(page)
        timer, dialog = page.get_by_role("timer"), page.get_by_role("alertdialog")
        assert not timer.is_visible()
        page.get_by_role("button", name="Start", exact=True).click()
        assert timer.inner_text() == "Less than a minute left"
        assert timer.get_attribute("aria-live") == "off"
        page.get_by_role("button", name="Hide the time").click()
        assert not timer.is_visible()
        page.get_by_role("button", name="Show the time").click()
        answer(page, first, answers_to(form)[first.number])
        wait_until_saved(page)
        page.add_init_script(turned(-1))
        page.reload()  # who turns the clock back gains nothing
        wait_until_ready(page)
        assert timer.inner_text() == "Less than a minute left"
        page.evaluate(turned(3))
        dialog.get_by_role("heading", name="The time is over").wait_for()
        dialog.get_by_role("button", name="Go on").click()
        one = opened(form, TIMED, browsers.saved(engine, page, lambda: hand_in(page, "Ann")))
    assert one.claims.late
    assert {number: list(given) for number, given in one.answers.items()} == {1: answers_to(form)[1]}


@IN_BOTH
def test_a_candidate_has_their_extra_time(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    for form, minutes in ((framed(None, "tides"), 20), (framed(AIGERIM, "tides"), 25)):
        with browsers.tab(engine, save_page(tmp_path, form, TIMED)) as page:
            wait_until_ready(page)
            assert data_of(page)["minutes"] == minutes
            page.get_by_role("button", name="Start", exact=True).click()
            assert page.get_by_role("timer").inner_text() == f"{minutes} min left"


@IN_BOTH
def test_there_is_no_timer_unless_it_is_asked_for(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    with browsers.tab(engine, save_page(tmp_path, form_of("tides"), EXAM)) as page:
        wait_until_ready(page)
        assert page.get_by_role("timer").count() == 0
        assert page.locator("#q1").is_visible()
