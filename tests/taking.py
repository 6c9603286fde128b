"""Taking a quiz in a page as a candidate does: answers, flags, what is crossed out, what is saved and handed in."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from quizgen.form import Form, FormItem, Settings
from quizgen.grading.keys import PrivateKey
from quizgen.items.base import letter
from quizgen.render.screen import quiz_page

SEED, QUIZ = "page", "page"
"""Of the build that the pages of tests are from."""

TEXTS = {"short_answer": "the moon’s <pull>", "numeric": "16,1", "essay": "Two bulges:\n\t“near” & far — 潮汐, مدّ."}
"""What is typed: with signs that are easily lost on the way."""

Answers = Mapping[int, Sequence[str]]


def save_page(folder: Path, form: Form, settings: Settings, name: str = "quiz.html") -> Path:
    """The page of a form, as a file."""
    path = folder / name
    path.write_bytes(quiz_page(form, settings, quiz=QUIZ, seed=SEED))
    return path


def sealed_for(settings: Settings, *keys: PrivateKey) -> Settings:
    """The settings, with responses sealed for these keys."""
    points = tuple(key.public.point for key in keys)
    return settings.model_copy(update={"screen": settings.screen.model_copy(update={"recipients": points})})


def answer_of(placed: FormItem) -> list[str]:
    """An answer to the item, as a page writes it; which one has nothing to do with the key."""
    shown = placed.item.shown()
    marks = [letter(place) for place in range(len(shown.choices))]
    match placed.item.type:
        case "multiple_choice":
            return marks[1:2]
        case "multiple_response":
            return [marks[0], marks[-1]]
        case "true_false":
            return ["F"]
        case "matching":
            return [*marks[: len(shown.prompts) - 1], ""]
        case "ordering":
            return marks[::-1]
        case "cloze":
            return ["Sun", *[f"gap {place}" for place in range(2, shown.blanks + 1)]]
        case kind:
            return [TEXTS[kind]]


def answers_to(form: Form) -> dict[int, list[str]]:
    """An answer to each item of a form."""
    return {placed.number: answer_of(placed) for placed in form.items}


def item_of(page: Page, number: int) -> Locator:
    """The item with this number."""
    return page.locator(f"#q{number}")


def answer(page: Page, placed: FormItem, given: Sequence[str]) -> None:
    """Answers an item with the mouse and the keys for text."""
    item = item_of(page, placed.number)
    match placed.item.type:
        case "multiple_choice" | "multiple_response" | "true_false":
            for mark in given:
                item.locator(f'input[value="{mark}"]').check()
        case "matching":
            for place, mark in enumerate(given):
                item.locator("select").nth(place).select_option(mark)
        case "ordering":
            put_in_order(item, given)
        case _:
            for place, text in enumerate(given):
                item.get_by_role("textbox").nth(place).fill(text)


def put_in_order(item: Locator, marks: Sequence[str]) -> None:
    """Moves the entries up until they stand in this order, or says that they do."""
    for place, mark in enumerate(marks):
        for _ in range(order_of(item).index(mark) - place):
            item.get_by_role("button", name=f"Move {mark} up").click()
    keep = item.get_by_role("button", name="Keep this order")
    if keep.is_visible():
        keep.click()


def order_of(item: Locator) -> list[str]:
    """The letters of the entries in the order in which they stand."""
    names = item.get_by_role("button", name=re.compile("^Move .* up$")).evaluate_all(
        "found => found.map((button) => button.getAttribute('aria-label'))"
    )
    return [name.split()[1] for name in names]


def answer_all(page: Page, form: Form, answers: Answers) -> None:
    """Answers every item that has an answer."""
    for placed in form.items:
        answer(page, placed, answers.get(placed.number, ()))


def fill_all(page: Page) -> None:
    """Puts something into each field at once, in whatever language the page speaks."""
    page.evaluate("""() => {
      for (const field of document.querySelectorAll("main fieldset [name]")) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = true;
        else if (field.options) field.selectedIndex = 1;
        else field.value = "x";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }""")


def wait_until_saved(page: Page) -> None:
    """Until the page says that all is kept."""
    wait_for_saving(page, "saved")


def wait_for_saving(page: Page, state: str) -> None:
    """Until the page says that this has become of what was done: "saved", "failed", "away"."""
    page.locator(f".saving[data-state={state}]").wait_for()


def wait_until_ready(page: Page) -> None:
    """Until the page has read what it kept."""
    page.locator("html[data-ready]").wait_for()


_STATE = """() => [...document.querySelectorAll("main fieldset")].map((item) => ({
  item: item.id,
  fields: [...item.querySelectorAll("input[name], select[name], textarea[name]")]
    .map((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value)),
  pressed: [...item.querySelectorAll("[aria-pressed]")].map((button) => button.getAttribute("aria-pressed")),
  shown: [...item.querySelectorAll(".tools button, .ordered button, .state")]
    .map((part) => [part.textContent, part.hidden]),
  order: [...item.querySelectorAll(".entries li")].map((entry) => entry.textContent),
})).concat([{count: document.querySelector(".count").textContent}])"""


def state_of(page: Page) -> list[dict[str, Any]]:
    """All that a candidate did, as the page shows it."""
    found: list[dict[str, Any]] = page.evaluate(_STATE)
    return found


def hand_in(page: Page, name: str | None) -> None:
    """From the questions through the check to the last button, which saves the file."""
    if name is not None:
        page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Check and hand in").click()
    page.get_by_role("button", name="Hand in", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=True).click()


def data_of(page: Page) -> dict[str, Any]:
    """What the page's script knows of the form."""
    found: dict[str, Any] = json.loads(page.locator("#quiz").text_content() or "")
    return found
