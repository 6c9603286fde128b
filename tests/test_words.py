"""What quizgen itself says: all of it in every language that it speaks, and rightly counted."""

import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import pypdfium2
import pytest
from playwright.sync_api import Browser

from quizgen.bundled import TEMPLATES
from quizgen.form import Candidate, Form, Settings
from quizgen.items import KeyLine
from quizgen.render import aloud, pages, plain
from quizgen.render.frame import head
from quizgen.render.keys import answers_alike, grid
from quizgen.render.plurals import RULES, Counted, category, counted
from quizgen.render.screen import quiz_page
from quizgen.render.sheet import sheets
from quizgen.render.sheet_blocks import asked
from quizgen.render.sheet_layout import laid_out
from quizgen.render.teacher import key_form
from quizgen.render.template_check import faults
from quizgen.render.template_faults import TemplateFault, blanks, read_words
from quizgen.render.templating import Templates, filled, using, words

from .prints import needs_pango
from .test_browser import CHROMIUM, browser  # noqa: F401 (a fixture)
from .test_page import TIDES, bank_of, form_from, form_of

FOLDER = TEMPLATES / "words"
OTHERS = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != "en")
ENGLISH = read_words(FOLDER / "en.toml")
LRI, PDI = "\u2066", "\u2069"

CATEGORIES = {
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "de": {"one", "other"},
    "en": {"one", "other"},
    "es": {"one", "other"},
    "fr": {"one", "other"},
    "ru": {"one", "few", "many", "other"},
}
"""Those of CLDR that a number below a million can fall into."""


def texts(said: str | dict[str, str]) -> list[str]:
    return list(said.values()) if isinstance(said, dict) else [said]


def test_there_are_words_in_six_languages() -> None:
    assert {*OTHERS, "en"} == CATEGORIES.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_is_said_and_is_told_the_same(language: str) -> None:
    said = read_words(FOLDER / f"{language}.toml")
    assert said.keys() == ENGLISH.keys()
    assert {name: blanks(text) for name, text in said.items()} == {name: blanks(text) for name, text in ENGLISH.items()}


SPELT_ALIKE = {
    "de": "name false_letter say_plus say_minus say_in logo",
    "es": "false_letter error say_sub",
    "fr": "date false_letter grid_item logo map minutes number page place points question questions say_plus say_prime",
}
"""Words that are written as in English."""


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str) -> None:
    said = read_words(FOLDER / f"{language}.toml")
    alike = {name for name, text in said.items() if text == ENGLISH[name] and re.search(r"[^\W\d_]", _bare(text))}
    assert alike == set(SPELT_ALIKE.get(language, "").split())
    for name, text in said.items():
        assert not re.search(r"\b(the|your|answers|questions? is|with)\b", _bare(text)), name


def _bare(said: str | dict[str, str]) -> str:
    return " ".join(re.sub(r"\{\w+\}", "", text) for text in texts(said))


SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC"}


@pytest.mark.parametrize("language", sorted(CATEGORIES))
def test_words_are_in_the_script_of_the_language(language: str) -> None:
    for name, said in read_words(FOLDER / f"{language}.toml").items():
        bare = _bare(said).replace("manifest.json", "").replace("PDF", "")
        scripts = {unicodedata.name(char).split()[0] for char in bare if char.isalpha()}
        assert scripts <= {SCRIPTS.get(language, "LATIN")}, name


TYPOGRAPHY = {
    "ar": r"[,;?]",  # ، ؛ ؟
    "de": r"[«»\"]|“[^“„]*”|\.\.\.",  # „“
    "es": r"[“”\"]|(?<![¿])\b[A-Z][^¿.!]*\?",  # «» ¿?
    "fr": r"(?<!\u202f)[?!:;»%]|«(?!\u202f)|['\"“”]",
    "ru": r"[“”\"']| -",
    "en": r"[\"']",
}
"""What is wrong in a text of the language."""


@pytest.mark.parametrize("language", sorted(CATEGORIES))
def test_marks_are_those_of_the_language(language: str) -> None:
    for name, said in read_words(FOLDER / f"{language}.toml").items():
        for text in texts(said):
            assert not re.search(TYPOGRAPHY[language], re.sub(r"\{\w+\}|____", "x", text)), name


# --- Numbers ----------------------------------------------------------------------------------------------------

COUNTED: dict[str, dict[float, str]] = {
    "ar": {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other", 103: "few",
           111: "many", 1.5: "other"},
    "cs": {1: "one", 2: "few", 5: "other", 1.5: "many"},
    "de": {0: "other", 1: "one", 1.5: "other", 2: "other", 21: "other"},
    "en": {0: "other", 1: "one", 0.5: "other", 2: "other"},
    "es": {0: "other", 1: "one", 1.5: "other", 2: "other"},
    "fr": {0: "one", 0.5: "one", 1: "one", 1.5: "one", 2: "other"},
    "he": {0.5: "one", 1: "one", 2: "two", 3: "other"},
    "hi": {0: "one", 0.5: "one", 1: "one", 1.5: "other", 2: "other"},
    "ja": {1: "other", 2: "other"},
    "ky": {1: "one", 2: "other"},
    "pl": {1: "one", 2: "few", 5: "many", 12: "many", 21: "many", 22: "few", 1.5: "other"},
    "ru": {0: "many", 1: "one", 2: "few", 4: "few", 5: "many", 11: "many", 12: "many", 14: "many", 21: "one",
           22: "few", 25: "many", 100: "many", 101: "one", 111: "many", 0.5: "other", 1.5: "other"},
}  # fmt: skip
"""From the examples of https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html."""


@pytest.mark.parametrize("language", sorted(COUNTED))
def test_numbers_fall_into_the_categories_of_cldr(language: str) -> None:
    assert {number: category(language, number) for number in COUNTED[language]} == COUNTED[language]
    assert category(f"{language.upper()}-XX", -1) == category(language, 1)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_paper_counts_as_a_browser_does(browser: Browser) -> None:  # noqa: F811
    page = browser.new_page()
    numbers = [number / 4 for number in range(900)] + [1000, 1001, 10001, 100000, 123456]
    languages = sorted({*COUNTED, *RULES, "it", "tr", "sw"})
    ask = "([l, numbers]) => numbers.map((n) => new Intl.PluralRules(l).select(n))"
    for language in languages:
        assert [category(language, number) for number in numbers] == page.evaluate(ask, [language, numbers]), language
    page.close()


@pytest.mark.parametrize("language", sorted(CATEGORIES))
def test_what_is_counted_has_a_form_for_every_category(language: str) -> None:
    found = [word for word in words(language).values() if isinstance(word, Counted)]
    assert {"questions", "points", "minutes"} <= {name for name, word in words(language).items() if word in found}
    for word in found:
        assert word.forms.keys() == CATEGORIES[language], word
    reached = {category(language, number / 2) for number in range(2000)}
    assert reached == CATEGORIES[language]


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 point"), ("en", 2.5, "2.5 points"), ("en", 0.5, "0.5 points"),
        ("de", 1, "1 Punkt"), ("de", 2.5, "2,5 Punkte"),
        ("es", 1, "1 punto"), ("es", 0.5, "0,5 puntos"),
        ("fr", 0, "0 point"), ("fr", 1.5, "1,5 point"), ("fr", 2, "2 points"),
        ("ru", 1, "1 балл"), ("ru", 3, "3 балла"), ("ru", 11, "11 баллов"), ("ru", 21, "21 балл"),
        ("ru", 2.5, "2,5 балла"),
        ("ar", 1, "درجة واحدة"), ("ar", 2, "درجتان"), ("ar", 5, "5 درجات"), ("ar", 20, "20 درجة"),
        ("he", 1, f"{LRI}1 point{PDI}"), ("he", 2.5, f"{LRI}2.5 points{PDI}"), ("ky", 2, "2 points"),
    ],
)  # fmt: skip
def test_points_are_said_as_people_say_them(language: str, number: float, said: str) -> None:
    assert counted("points", number, words(language)) == said


def form_in(language: str) -> Form:
    item = "- {id: a, type: true_false, stem: S, answer: true, points: 2.5}"
    return form_from(bank_of(f"article: {{id: a, title: T, language: {language}}}\nitems:\n{item}\n"))


@pytest.mark.parametrize(
    ("language", "facts"), [("ru", "1 вопрос, 2,5 балла"), ("de", "1 Frage, 2,5 Punkte"), ("ar", "سؤال واحد، 2.5 درجة")]
)
def test_every_page_counts_alike(language: str, facts: str) -> None:
    form = form_in(language)
    worth = facts.split(words(language)["comma"], 1)[1]
    assert head(form).facts == facts
    assert worth in plain.text(form).decode()
    assert worth in aloud.text(form).decode()
    assert worth in pages.key_page(form).decode()


def test_a_text_of_its_own_stays_a_text() -> None:
    """Templates may join and print words that are counted, too."""
    said = words("ru")
    assert isinstance(said["points"], str)
    assert said["points"] == "{n} балла"


@pytest.mark.parametrize("language", sorted(CATEGORIES))
def test_a_judgement_is_written_alike_on_the_form_and_on_all_that_it_is_marked_with(language: str) -> None:
    """The letter on a German form is R, not T; a teacher must not find T on the key."""
    form, told = form_in(language), words(language)
    letter, word = told["true_letter"], told["true"]
    assert f">{letter}<" in pages.booklet(form, Settings()).html
    (item,) = key_form(form).items
    assert (item.written, item.lines) == (letter, (KeyLine(letter, word),))
    assert [line.text.strip(f"{LRI}{PDI}") for line in answers_alike([form], Settings())[0].lines] == [letter]
    assert f"<b>{letter}</b>" in quiz_page(form, Settings(mode="practice")).decode()
    assert f"S → <b>{letter}</b>" in grid([form], Settings()).html


# --- In a teacher's words ---------------------------------------------------------------------------------------


def put(folder: Path, text: str, language: str = "en") -> Templates:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{language}.toml").write_text(text, encoding="utf-8")
    return Templates(folder)


def test_a_teachers_words_count_in_their_language(tmp_path: Path) -> None:
    own = put(tmp_path, 'points = {one = "{n} bod", few = "{n} body", many = "{n} bodu", other = "{n} bodů"}', "cs")
    said = own.words("cs-CZ")
    assert [counted("points", number, said) for number in (1, 3, 5)] == ["1 bod", "3 body", "5 bodů"]
    assert counted("questions", 3, said) == "3 questions"
    assert not list(faults(own))


def test_a_teachers_word_takes_the_place_of_all_forms(tmp_path: Path) -> None:
    own = put(tmp_path, 'points = "{n} б."', "ru")
    said = own.words("ru")
    assert [counted("points", number, said) for number in (1, 3, 5)] == ["1 б.", "3 б.", "5 б."]
    assert counted("questions", 3, said) == "3 вопроса"
    with using(own):
        assert "2,5 б." in pages.key_page(form_in("ru")).decode()


def test_a_form_that_is_left_out_is_said_as_of_other_numbers(tmp_path: Path) -> None:
    said = put(tmp_path, 'points = {one = "one", other = "{n} of them"}', "ru").words("ru")
    assert [counted("points", number, said) for number in (21, 3)] == ["one", "3 of them"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('points = {one = "{n}"}', "'points' does not say what is said of other numbers"),
        ('points = {few = "{n}", othr = "{n}"}', "'othr' is no category of numbers"),
        ('points = {other = 3}', "'other' of 'points' is no text"),
        ('points = {one = "{n} {m}", other = "{n}"}', "'points' is not told {m}"),
        ('name = {other = "Name"}', "'name' is not said of a number"),
        ("points = 3", "'points' is no text"),
    ],
)  # fmt: skip
def test_forms_that_cannot_be_are_told(tmp_path: Path, text: str, message: str) -> None:
    found = list(faults(put(tmp_path, f"# my words\n{text}\n")))
    assert [(each.code, each.message, each.span.line) for each in found] == [("Q553", message, 2)]


def test_what_cannot_be_read_ends_a_build_as_well(tmp_path: Path) -> None:
    own = put(tmp_path, 'points = {one = "{n}"}')
    with using(own), pytest.raises(TemplateFault):
        filled("key.html.j2", words=words("en"))


# --- From right to left -----------------------------------------------------------------------------------------


def test_english_is_isolated_in_a_line_from_right_to_left() -> None:
    hebrew = words("he")
    for word in hebrew.values():
        forms = word.forms.values() if isinstance(word, Counted) else (str(word),)
        assert all(text.startswith(LRI) and text.endswith(PDI) for text in forms)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
def test_the_letter_of_an_option_stands_between_its_button_and_its_text(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    for name, sign in (("tides", 1), ("arabic", -1)):
        (tmp_path / "quiz.html").write_bytes(quiz_page(form_of(name), Settings()))
        page.goto((tmp_path / "quiz.html").as_uri())
        label = page.locator("[data-type=multiple_choice] .options label").first
        button, letter = (label.locator(tag).first.bounding_box() for tag in ("input", "b"))
        assert button
        assert letter
        assert 0 < sign * (letter["x"] - button["x"]) < 60
    page.close()


def test_arabic_words_stand_in_their_own_direction() -> None:
    assert not any(set(text) & {LRI, PDI} for text in words("ar").values())


# --- On paper ---------------------------------------------------------------------------------------------------


@needs_pango
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", sorted(CATEGORIES))
def test_all_that_a_sheet_tells_has_room_above_its_first_question(
    language: str, paper: Literal["a4", "letter"]
) -> None:
    """With all types of items, both beside a grid for a number and where a name stands on the sheet."""
    form = form_from(bank_of(TIDES.replace("language: en", f"language: {language}")))
    for each in (form, replace(form, id="s-1", candidate=Candidate("s-1", "Person"))):
        made = sheets([each], Settings(paper=paper), quiz="page", seed="x").whole
        picture = pypdfium2.PdfDocument(made)[0].render(scale=PIXELS * 25.4 / 72).to_pil().convert("L")
        dark = np.asarray(picture) < 160
        bar = round((laid_out(asked(each), paper, 0 if each.candidate else 8).top - 3) * PIXELS)
        assert dark[33 * PIXELS : bar - 6 * PIXELS].any()
        assert not dark[bar - 6 * PIXELS // 5 : bar - PIXELS // 2, 13 * PIXELS : -13 * PIXELS].any()


PIXELS = 5  # for each millimetre
