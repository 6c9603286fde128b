"""Handing in: the file that a page gives holds what was entered, in both browsers, with the mouse or the keys alone."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from quizgen.form import Form, FormItem, Manifest, Settings, manifest
from quizgen.grading.keys import new_key
from quizgen.grading.response_file import receipt
from quizgen.grading.responses import Desk, Submission
from quizgen.identity import form_digest, quiz_id

from .browsers import IN_BOTH, Browsers, Engine, browsers
from .taking import (
    QUIZ,
    SEED,
    answer_all,
    answers_to,
    hand_in,
    item_of,
    order_of,
    save_page,
    sealed_for,
    wait_until_ready,
    wait_until_saved,
)
from .test_page import AIGERIM, BANKS, EXAM, bank_of, form_of, framed

__all__ = ["browsers"]
FIRST, SECOND = new_key(), new_key()
SEALED = sealed_for(EXAM, FIRST, SECOND)


def told(form: Form, settings: Settings) -> Manifest:
    """The manifest of a build of this form alone."""
    quiz = quiz_id(SEED, QUIZ)
    content = manifest(
        version="0",
        quiz=QUIZ,
        seed=SEED,
        blueprint={},
        settings=settings,
        bank=bank_of(*BANKS["all"]),
        forms=[form],
        files={},
        quiz_id=quiz,
        digests=[form_digest(form, quiz)],
    )
    return Manifest.model_validate_json(content)


def opened(form: Form, settings: Settings, path: Path) -> Submission:
    """What the file holds, as a teacher's program opens it with either key."""
    found = []
    for key in (FIRST, SECOND):
        (one,), faults = Desk(told(form, settings), (key,)).opened([(path.name, path.read_bytes())])
        assert not faults
        found.append(one)
    assert found[0] == found[1]
    return found[0]


@IN_BOTH
def test_every_type_is_handed_in_sealed_as_it_was_answered(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    form = form_of("tides")
    answers = answers_to(form)
    with browsers.tab(engine, save_page(tmp_path, form, SEALED)) as page:
        wait_until_ready(page)
        answer_all(page, form, answers)
        file = browsers.saved(engine, page, lambda: hand_in(page, "Zoë O’Neill"))
        one = opened(form, SEALED, file)
        assert {number: list(given) for number, given in one.answers.items()} == answers
        assert (one.sealed, one.student.name, one.claims.late) == (True, "Zoë O’Neill", False)
        assert page.get_by_text(receipt(file.read_bytes()), exact=True).is_visible()
        assert page.get_by_text(file.name).is_visible()
        assert page.get_by_text("The file is sealed: only your teacher can open it.").is_visible()
        assert b"Neill" not in file.read_bytes()
        # The file is kept with the draft: it can be saved again after a reload, and is the same.
        wait_until_saved(page)
        page.reload()
        wait_until_ready(page)
        again = browsers.saved(engine, page, page.get_by_role("button", name="Save the file again").click)
        assert again.read_bytes() == file.read_bytes()


@IN_BOTH
def test_a_personal_page_says_whose_it_is(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    form = framed(AIGERIM, "tides")
    with browsers.tab(engine, save_page(tmp_path, form, SEALED)) as page:
        wait_until_ready(page)
        one = opened(form, SEALED, browsers.saved(engine, page, lambda: hand_in(page, None)))
    assert (one.student.id, one.student.name, dict(one.answers)) == (AIGERIM.id, AIGERIM.name, {})


@IN_BOTH
def test_without_crypto_the_file_is_open_and_the_page_says_so(
    browsers: Browsers, engine: Engine, tmp_path: Path
) -> None:
    form = form_of("tides")
    some = dict(list(answers_to(form).items())[:2])
    blank = tmp_path / "blank.html"
    blank.write_text("<!DOCTYPE html><title>Blank</title>")
    with browsers.tab(engine, blank) as page:
        page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });")
        page.goto(save_page(tmp_path, form, SEALED).as_uri())
        wait_until_ready(page)
        answer_all(page, form, some)
        file = browsers.saved(engine, page, lambda: hand_in(page, "Ann"))
        assert page.get_by_text("The file could not be sealed in this browser").is_visible()
        assert page.get_by_text("No receipt: this browser cannot make one.").is_visible()
    desk = Desk(told(form, SEALED), allow_unsealed=True)
    (one,), faults = desk.opened([(file.name, file.read_bytes())])
    assert not faults
    assert {number: list(given) for number, given in one.answers.items()} == some
    assert not one.sealed


# --- With the keys alone ----------------------------------------------------------------------------------------


class Keys:
    """A candidate without a mouse: who is where the focus is, and goes on with Tab."""

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def focused(self) -> str:
        """What has the focus, as an assistive technology would name it."""
        found: str = self._page.evaluate("""() => {
          const { activeElement: at } = document;
          const label = at.getAttribute("aria-label") || (at.labels && at.labels[0] && at.labels[0].textContent);
          return [at.closest("fieldset")?.id || "", at.name || "", at.value || "", label || at.textContent].join("|");
        }""")
        return found

    def go_to(self, item: str, *, name: str = "", value: str = "", said: str = "") -> None:
        """Tab until the focus is on what is described."""
        for _ in range(120):
            at = self.focused.split("|", 3)
            if at[0] == item and at[1].startswith(name) and value in ("", at[2]) and said in ("", at[3]):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {item} {name} {value} {said}")

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.insert_text(text)


def answer_by_keys(page: Page, keys: Keys, placed: FormItem, given: Sequence[str]) -> None:
    """Answers the item with the keys that its fields have in every browser."""
    item, kind = f"q{placed.number}", placed.item.type
    match kind:
        case "multiple_choice" | "true_false":
            first = "T" if kind == "true_false" else "A"
            keys.go_to(item, name="q", value=first)
            keys.press("Space")
            keys.press("ArrowDown", "ABCDEFG".index(given[0]) if kind == "multiple_choice" else int(given[0] == "F"))
        case "multiple_response":
            for mark in given:
                keys.go_to(item, name="q", value=mark)
                keys.press("Space")
        case "matching":
            for place, mark in enumerate(given, 1):
                keys.go_to(item, name=f"q{placed.number}-{place}")
                keys.press("ArrowDown", 1 + "ABCDEFG".index(mark) if mark else 0)
        case "ordering":
            entries = item_of(page, placed.number)
            for place, mark in enumerate(given):
                steps = order_of(entries).index(mark) - place
                if steps:
                    page.locator(f"#{item} [aria-label='Move {order_of(entries)[0]} up']").focus()
                    keys.go_to(item, said=f"Move {mark} up")
                    keys.press("Enter", steps)
                    assert keys.focused.endswith(f"Move {mark} up")
        case _:
            for place, text in enumerate(given, 1):
                keys.go_to(item, name=f"q{placed.number}-{place}" if kind == "cloze" else f"q{placed.number}")
                keys.type(text)
                keys.press("Tab")


@IN_BOTH
def test_a_whole_quiz_with_the_keys_alone(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    form = form_of("tides")
    answers = answers_to(form)
    with browsers.tab(engine, save_page(tmp_path, form, SEALED)) as page:
        wait_until_ready(page)
        keys = Keys(page)
        keys.go_to("", name="name")
        keys.type("Ann")
        for placed in form.items:
            answer_by_keys(page, keys, placed, answers[placed.number])
        keys.go_to("", said="Check and hand in")
        keys.press("Enter")
        assert page.get_by_role("heading", name="Check your answers").evaluate("at => at === document.activeElement")
        keys.go_to("", said="Hand in")
        keys.press("Enter")

        def last() -> None:
            keys.go_to("", said="Hand in")
            keys.press("Enter")

        one = opened(form, SEALED, browsers.saved(engine, page, last))
        assert {number: list(given) for number, given in one.answers.items()} == answers
        assert page.get_by_role("heading", name="Your answers are in a file").evaluate(
            "at => at === document.activeElement"
        )
