"""The quiz as an HTML page, read as a browser reads it, without one: structure, names, languages, size, secrets."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from lxml.html import HtmlElement, document_fromstring
from PIL import Image as Pillow

from quizgen import markup
from quizgen.assemble import assemble
from quizgen.bank import Bank, parse, read
from quizgen.blueprint import Blueprint
from quizgen.diagnostics import has_errors
from quizgen.form import Candidate, Form, Section, Settings, record
from quizgen.images import Image
from quizgen.items import ITEM_TYPES, Essay, ItemBase, MultipleChoice, MultipleResponse
from quizgen.items.base import letter
from quizgen.items.scoring import Scoring, ScoringRule
from quizgen.render import pages, student_files, teacher_files
from quizgen.render.plurals import counted
from quizgen.render.screen import quiz_page
from quizgen.render.templating import words

ROOT = Path(__file__).parent.parent
REAL = ROOT / "question_bank" / "kyrgyzstan-2010.yaml"
ONE_PAGE = ROOT / "benchmarks" / "one_page.yaml"

# Every item type; a passage with a wide table, a list and a link; one with formulas, an image and a long line of code.
TIDES = r"""
article:
  id: tides
  title: Tides and pendulums
  language: en
  source: {title: The sea and the clock, author: N. N., date: "2020"}
  license: CC0-1.0

passages:
  - id: why-tides
    heading: Why the sea *rises*
    text: |
      The Moon draws the water of the sea towards it. The side of the Earth that faces the Moon has high water, and so
      has the side that lies away from it. As the Earth turns, every coast passes both bulges in a day.

      | Port | High water | Range in metres | Low water | Country of the port | Spring tide |
      |:-----|:----------:|----------------:|----------:|---------------------|-------------|
      | Saint-Malo | 6:12 | 12.2 | 12:40 | France | considerable |
      | Bristol | 7:04 | 12.3 | 13:30 | United Kingdom | considerable |
      | Bay of Fundy, at the head of the Minas Basin | 0:31 | 16.1 | 6:50 | Canada | extraordinary |

      - Spring tides follow the new and the full Moon.
      - Neap tides follow the quarters.

      Words in [an encyclopedia](https://example.org/tides) say the same.
  - id: how-clocks
    text: |
      A pendulum of length \(l\) swings with the period

      $$T = 2\pi\sqrt{\frac{l}{g}}$$

      ![A pendulum that hangs from a beam and swings to the right](swing.png)

      The weight does not matter. In code:

      ```python
      def period(length: float, gravity: float = 9.81) -> float:  # a comment that makes this line wider than a phone
          return 2 * pi * sqrt(length / gravity)
      ```

items:
  - id: tell-choice
    type: multiple_choice
    passage: why-tides
    evidence: every coast passes both bulges in a day
    stem: How often is there **high water** on a coast in a day?
    answer: Twice
    distractors:
      - {text: Once, why: The far side of the Earth has a bulge of its own.}
      - Four times
      - text: Only when the Moon stands high above that coast and the weather has been fair for a long time
        why: The weather has no part in it.
    rationale: The Earth turns once and so meets either bulge.
  - id: tell-response
    type: multiple_response
    passage: why-tides
    stem: After which phases of the Moon are there spring tides?
    answers: [New Moon, Full Moon]
    distractors: [First quarter, {text: Last quarter, why: Then the two pull across one another.}]
    rationale: Sun and Moon then pull along one line.
    points: 2
  - id: tell-judgement
    type: true_false
    passage: why-tides
    stem: The range at Bristol is larger than at Saint-Malo.
    answer: true
    rationale: The one is a tenth of a metre more.
  - id: tell-word
    type: short_answer
    passage: why-tides
    stem: What draws the water of the sea?
    answers: [the Moon, Luna]
    ignore: [case, accents, punctuation]
    evidence: The Moon draws the water
    rationale: It is what the text begins with.
  - id: tell-range
    type: numeric
    passage: why-tides
    stem: How large is the range in the Bay of Fundy?
    answer: 16.1
    tolerance: 0.1
    unit: m
    rationale: The largest number of its column.
  - id: tell-match
    type: matching
    passage: why-tides
    stem: Which port has which range?
    pairs:
      Saint-Malo: 12.2 m
      Bristol: 12.3 m
      Bay of Fundy, at the head of the Minas Basin: 16.1 m
    distractors: [14.0 m, no tide worth the name in any month of the year]
    points: 3
    rationale: One row for each of them.
  - id: tell-order
    type: ordering
    passage: why-tides
    stem: Put the ports in the order of their high water, the earliest first.
    sequence: ["Bay of Fundy, at the head of the Minas Basin", Saint-Malo, Bristol, A port with high water at night]
    points: 3
    rationale: By the clock from midnight on.
  - id: tell-gaps
    type: cloze
    passage: why-tides
    stem: Fill in the gaps.
    text: |
      The {{Moon}} draws the water. Every coast has high water {{twice|two times}} a day; spring tides follow the new
      and the {{full}} Moon.
    points: 3
    rationale: All three words stand above.
  - id: tell-essay
    type: essay
    passage: why-tides
    stem: Why are there two bulges and not one? Write three sentences.
    rubric: [It names the cause, It says that the pull is weaker on the far side]
    lines: 6
    rationale: The pull differs between the two sides.
  - id: tell-period
    type: multiple_choice
    passage: how-clocks
    stem: A pendulum is made four times as long. What becomes of \(T\)?
    answer: \(2T\)
    distractors: ['\(4T\)', '\(\frac{T}{2}\)', '`sqrt(T)`']
    rationale: Take the root of four.
  - id: tell-picture
    type: multiple_choice
    stem: |
      Where does the weight hang?

      ![A beam with a pendulum below it](swing.png)
    answer: "![The weight is at the right](swing.png)"
    distractors: [At the left, In the middle]
    rationale: Whoever looks can tell.
"""

ARABIC = """
article: {id: sea-ar, title: البحر والقمر, language: ar, license: CC0-1.0}
passages:
  - id: tide
    heading: لماذا يرتفع البحر
    text: |
      يجذب القمر مياه البحر نحوه. ويكون الماء مرتفعا في الجهة المقابلة للقمر وفي الجهة البعيدة عنه.

      | الميناء | المدى |
      |---|---|
      | بريستول | 12.3 |
items:
  - {id: choice, type: multiple_choice, passage: tide, stem: ما الذي يجذب مياه البحر؟, answer: القمر,
     distractors: [الريح, المطر], rationale: تقول الجملة الأولى ذلك.}
  - {id: word, type: short_answer, stem: ما اسم الميناء؟, answers: [بريستول]}
  - {id: match, type: matching, stem: صل., pairs: {القمر: الجذب, الشمس: الضوء}, distractors: [الريح]}
  - {id: order, type: ordering, stem: رتب., sequence: [واحد, اثنان, ثلاثة]}
  - {id: gaps, type: cloze, stem: املأ., text: "يجذب {{القمر}} مياه {{البحر}}."}
"""

JAPANESE = """
article: {id: sea-ja, title: 海と月, language: ja, license: CC0-1.0}
passages:
  - id: tide
    heading: なぜ海は満ちるのか
    text: |
      月は海の水を引き寄せる。月に向いた側と
      反対側では、海面が高くなる。
items:
  - {id: choice, type: multiple_choice, passage: tide, stem: 海の水を引き寄せるものは何ですか。, answer: 月,
     distractors: [風, 雨], rationale: 最初の文にある。}
  - {id: judgement, type: true_false, stem: 海面は低くなる。, answer: "false"}
  - {id: gaps, type: cloze, stem: 埋めなさい。, text: "{{月}}は海の{{水}}を引き寄せる。"}
  - {id: times, type: numeric, stem: いくつ？, answer: 2, unit: 回}
"""

BANKS = {"tides": (TIDES,), "arabic": (ARABIC,), "japanese": (JAPANESE,), "all": (TIDES, ARABIC, JAPANESE)}
FORMS = (*BANKS, "framed")
"""The forms that are looked at: one with all items of each bank, and one with all that a blueprint puts around them."""
EXAM, PRACTICE = Settings(mode="exam"), Settings(mode="practice")
EVERY_FORM = pytest.mark.parametrize("name", FORMS)
BOTH_MODES = pytest.mark.parametrize("settings", [EXAM, PRACTICE], ids=["exam", "practice"])


@cache
def picture() -> Image:
    """A black rod on white."""
    drawn = BytesIO()
    canvas = Pillow.new("RGB", (480, 300), "white")
    canvas.paste("black", (300, 20, 310, 260))
    canvas.save(drawn, "PNG")
    return Image("image/png", 480, 300, drawn.getvalue())


def bank_of(*texts: str) -> Bank:
    """The bank files with these texts."""
    files = []
    for number, text in enumerate(texts):
        file, found = parse(text, f"bank-{number}.yaml")
        assert file is not None
        assert not has_errors(found), [str(diagnostic) for diagnostic in found]
        files.append(replace(file, images={"swing.png": picture()}))
    return Bank(tuple(files))


@cache
def form_of(name: str) -> Form:
    """One of `FORMS`."""
    return framed() if name == "framed" else form_from(bank_of(*BANKS[name]))


INSTRUCTIONS = r"""Write in **pen** only. Here \(g = 9.81\).

| Mark | Meaning |
|------|---------|
| circle | one right option |

1. Read.
2. ![A hand that writes](hand.png)"""


AIGERIM = Candidate("7b-04", "Aigerim <T.>", 0.25)


def framed(candidate: Candidate | None = AIGERIM, name: str = "all") -> Form:
    """All items of a form in two sections and a rest, with all that a blueprint and a roster put on a page."""
    form = form_of(name)
    first, *others, last = form.sets
    return replace(
        form,
        id=candidate.id if candidate else "A",
        sections=(
            Section((first,), "Part 1: *the sea*", "Look **twice** at the table.\n\n- first\n- then"),
            Section(tuple(others), "Part 2: the rest", "All languages."),
            Section((last,)),
        ),
        header="School No. 5 & *friends*",
        instructions=INSTRUCTIONS,
        minutes_given=20,
        scoring=Scoring(wrong=-0.25, partial=False, types={}),
        candidate=candidate,
    )


def form_from(bank: Bank, items: int | None = None) -> Form:
    """One form of a bank."""
    forms, found = assemble(bank, Blueprint(quiz="page", items=items), "page", 1)
    assert not found
    return forms[0]


def page_of(form: Form, settings: Settings) -> HtmlElement:
    """The page of a form, parsed."""
    return document_fromstring(quiz_page(form, settings).decode())


def said(element: HtmlElement) -> str:
    """The text of an element on one line, with what stands for its images and without the marks of direction."""
    texts = [str(text) for text in element.xpath(".//text() | .//img/@alt")]
    return re.sub("[\u2066-\u2069]", "", " ".join(" ".join(texts).split()))


def attributes(page: HtmlElement, *names: str) -> list[str]:
    """The values of the attributes, wherever they stand."""
    return [str(value) for name in names for value in page.xpath(f"//@{name}")]


# --- Structure --------------------------------------------------------------------------------------------------


@EVERY_FORM
@BOTH_MODES
def test_headings_tell_the_structure(name: str, settings: Settings) -> None:
    page = page_of(form_of(name), settings)
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in zip(levels, levels[1:], strict=False))
    assert all(said(heading) for heading in page.iter("h1", "h2", "h3"))
    passages = page.xpath("//section[@class='passage']")
    assert len(passages) == sum(item_set.passage is not None for item_set in form_of(name).sets)
    assert [said(page.get_element_by_id(passage.get("aria-labelledby"))) for passage in passages] == [
        said(passage.find("*")) for passage in passages
    ]


@EVERY_FORM
@BOTH_MODES
def test_ids_are_unique_and_all_that_is_named_is_there(name: str, settings: Settings) -> None:
    page = page_of(form_of(name), settings)
    ids = attributes(page, "id")
    assert len(ids) == len(set(ids))
    named = attributes(page, "aria-labelledby", "aria-describedby", "for")
    named += [target.removeprefix("#") for target in attributes(page, "href") if target.startswith("#")]
    assert named
    assert set(named) <= set(ids)
    assert all(said(page.get_element_by_id(target)) for target in named)


@EVERY_FORM
@BOTH_MODES
def test_every_field_has_a_name_and_a_label(name: str, settings: Settings) -> None:
    page = page_of(form_of(name), settings)
    fields = list(page.iter("input", "select", "textarea"))
    assert fields
    for field in fields:
        assert field.get("name")
        texts = field.xpath("@aria-label | ancestor::label//text()[not(ancestor::select or ancestor::textarea)]")
        assert "".join(texts).strip(), field.get("name")
    several = {"radio", "checkbox"}
    names = [field.get("name") for field in fields if field.get("type") not in several]
    assert len(names) == len(set(names))


@EVERY_FORM
@BOTH_MODES
def test_every_item_is_a_group_with_its_number_and_points(name: str, settings: Settings) -> None:
    form = form_of(name)
    told = words(form.language)
    groups = list(page_of(form, settings).iter("fieldset"))
    assert len(groups) == len(list(form.items))
    for group, placed in zip(groups, form.items, strict=True):
        worth = counted("points", placed.item.points, told)
        assert group[0].tag == "legend"
        assert said(group[0]) == re.sub("[\u2066-\u2069]", "", f"{told['question'].format(n=placed.number)} {worth}")
        assert group.get("id") == f"q{placed.number}"


@EVERY_FORM
@BOTH_MODES
def test_every_part_tells_its_language_and_direction(name: str, settings: Settings) -> None:
    form = form_of(name)
    page = page_of(form, settings)
    direction = {"ar": "rtl", "ja": "ltr", "en": "ltr"}
    assert (page.get("lang"), page.get("dir")) == (form.language, direction[form.language])
    shown = page.xpath("//main/section")
    assert len(shown) == len(list(form.sets))
    for element, item_set in zip(shown, form.sets, strict=True):
        language = item_set.source.article.language
        for part in (element, *element.xpath("./section")):
            told = [part.xpath(f"string(ancestor-or-self::*[@{name}][1]/@{name})") for name in ("lang", "dir")]
            assert told == [language, direction[language]]


@BOTH_MODES
def test_numbers_and_letters_are_those_of_the_manifest(settings: Settings) -> None:
    bank, found = read([REAL])
    assert not has_errors(found)
    form = form_from(bank)
    page, known = page_of(form, settings), record(form)
    assert {item.type for item in known.items} == set(ITEM_TYPES)
    for placed, listed in zip(form.items, known.items, strict=True):
        group = page.get_element_by_id(f"q{listed.number}")
        assert said(group.xpath("./div[@class='stem']")[0]) == plain(placed.item.stem)
        texts = {choice.id: choice.text for choice in (*placed.item.offered, *placed.item.prompts)}
        options = [f"{letter(place)} {plain(texts[name])}" for place, name in enumerate(listed.options)]
        if listed.type == "true_false":
            options = ["True", "False"]
        assert [said(shown) for shown in group.xpath(_OPTIONS)] == options
        prompts = group.xpath(".//ol[@class='prompts']//label/span")
        assert [said(prompt) for prompt in prompts] == [plain(texts[name]) for name in listed.prompts]


_OPTIONS = ".//div[contains(@class, 'options')]/label | .//ol[@class='matches' or @class='entries']/li"


def plain(text: str) -> str:
    """The text as `said` gives it."""
    return " ".join(markup.to_plain(text).split())


# --- What a blueprint and a roster put on the page ------------------------------------------------------------------


def keys_of(form: Form) -> HtmlElement:
    """The key of a form as a page, parsed."""
    return document_fromstring(pages.key_page(form).decode())


def booklet_of(form: Form) -> HtmlElement:
    """The printed form before it is set, parsed."""
    return document_fromstring(pages.booklet(form, EXAM).html)


@BOTH_MODES
def test_the_head_tells_whose_form_it_is_and_how_to_take_it(settings: Settings) -> None:
    page = page_of(form_of("framed"), settings)
    head = said(page.find(".//header"))
    order = ["School No. 5 & friends", "Tides", "20 questions, 27 points, 25 minutes", "Name Aigerim <T.> 7b-04",
             "Write in pen only.",
             "circle one right option", "A hand that writes", "A wrong answer costs a quarter"]  # fmt: skip
    assert [text for text in order if text not in head] == []
    assert [head.index(text) for text in order] == sorted(head.index(text) for text in order)
    assert said(page.xpath("//p[@class='form-id']")[0]) == "7b-04"
    assert not page.xpath("//input[@name='name']")
    assert "Form" not in head + said(page.find(".//title"))
    assert page.xpath("//header//strong[.='pen'] | //header//em[.='friends'] | //header//math")


def test_an_author_and_a_candidate_who_say_nothing_leave_no_trace() -> None:
    page = page_of(form_of("all"), EXAM)
    assert said(page.xpath("//p[@class='form-id']")[0]) == "Form A"
    assert said(page.xpath("//p[@class='facts']")[0]) == "20 questions, 27 points"
    assert page.xpath("//input[@name='name']")
    assert not page.xpath("//*[@class='kicker' or @class='candidate' or @class='instructions' or @class='part']")


@pytest.mark.parametrize("shown", ["page", "booklet", "key"])
def test_sections_have_their_titles_above_their_questions(shown: str) -> None:
    form = form_of("framed")
    page = {"page": page_of(form, EXAM), "key": keys_of(form),
            "booklet": booklet_of(form)}[shown]  # fmt: skip
    first, second = page.xpath("//div[@class='part']")
    told = [said(part) for part in (first, second)]
    told_to_students = ["Look twice at the table. first then", "All languages."]
    titles = ["Part 1: the sea", "Part 2: the rest"]
    assert told == (
        titles if shown == "key" else [" ".join(both) for both in zip(titles, told_to_students, strict=True)]
    )
    assert [said(title) for title in page.xpath("//h2")][:2] == titles
    text = said(page.find("body"))
    places = [text.index(words) for words in (titles[0], "1 Why the sea rises", titles[1], "Passage 2")]
    assert places == sorted(places)
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[:4] == [1, 2, 3, 4]
    assert all(level <= before + 1 for before, level in zip(levels, levels[1:], strict=False))


@pytest.mark.parametrize(
    ("given", "extra", "told"),
    [(20, 0.25, "25 minutes"), (20, 0.1, "22 minutes"), (15, 0.25, "19 minutes"), (1, 0, "1 minute"),
     (7.5, 0, "7.5 minutes"), (None, 0.25, "27 points")],
)  # fmt: skip
def test_candidates_are_told_their_own_time(given: float | None, extra: float, told: str) -> None:
    form = replace(framed(Candidate("c", "C.", extra)), minutes_given=given)
    for page in (page_of(form, EXAM), keys_of(form)):
        assert said(page.xpath("//p[@class='facts']")[0]).endswith(f", {told}")


BLANK = "A question that is left blank costs nothing."
PARTS = "“Mark all that are right”, matching, ordering, gaps"


@pytest.mark.parametrize(
    ("scoring", "told"),
    [
        (Scoring(types={}), ""),
        (Scoring(wrong=-1, types={}), f"A wrong answer costs all of the question’s points. {BLANK}"),
        (Scoring(wrong=-0.33, types={}), f"A wrong answer costs a third of the question’s points. {BLANK}"),
        (Scoring(wrong=-0.125, types={}), f"A wrong answer costs 12.5 % of the question’s points. {BLANK}"),
        (Scoring(partial=False, types={}), "An answer that is only partly right counts as wrong."),
        (Scoring(types={"essay": ScoringRule(wrong=-1)}), ""),
        (
            Scoring(types={"true_false": ScoringRule(wrong=-0.5), "multiple_choice": ScoringRule(wrong=-0.5),
                           "numeric": ScoringRule(wrong=-0.2)}),
            "Multiple choice, true or false: a wrong answer costs half of the question’s points. "
            f"Numbers: a wrong answer costs a fifth of the question’s points. {BLANK}",
        ),
        (
            Scoring(types={"ordering": ScoringRule(partial=False)}),
            "Ordering: an answer that is only partly right counts as wrong.",
        ),
    ],
)  # fmt: skip
def test_candidates_are_told_how_they_are_marked(scoring: Scoring, told: str) -> None:
    form = replace(form_of("tides"), scoring=scoring)
    for page in (page_of(form, EXAM), keys_of(form), booklet_of(form)):
        assert " ".join(said(rules) for rules in page.xpath("//p[@class='rules']")) == told


def test_articles_are_named_in_each_section_and_only_where_they_stand_in_one_piece() -> None:
    form = form_of("all")
    first, second, *others = form.sets
    mixed = replace(form, sections=(Section((first, *others, second), "One"), Section((second,), "Two")))
    named = [said(title) for title in page_of(mixed, EXAM).xpath("//*[@class='article']")]
    assert named == ["Tides and pendulums"]
    assert page_of(mixed, EXAM).xpath("//h2[.='Two']/following::h3[.='Tides and pendulums']")


def test_files_for_candidates_are_named_by_their_ids() -> None:
    forms = [framed(Candidate("7b-04", "A.")), framed(Candidate("7b-05", "B."))]
    html_only = Settings(formats=("html",))
    names = ["students/7b-04.html", "students/7b-05.html", "students/index.html"]
    assert [name for name, _ in student_files(forms, html_only)] == names
    assert [name for name, _ in teacher_files(forms, html_only)] == ["teacher/7b-04-key.html", "teacher/7b-05-key.html"]
    assert [name for name, _ in student_files([framed(None)], html_only)] == [
        "students/form-A.html",
        "students/index.html",
    ]


# --- What a student must not find -------------------------------------------------------------------------------


def secrets(items: Sequence[ItemBase]) -> list[str]:
    """What only a key tells, evidence aside, since it stands in a passage."""
    texts = [item.rationale for item in items]
    for item in items:
        match item:
            case MultipleChoice() | MultipleResponse():
                texts += [choice.why for choice in item.offered]
            case Essay():
                texts += [criterion.text for criterion in item.rubric]
    return [plain(text) for text in texts if text]


@EVERY_FORM
def test_an_exam_tells_nothing_of_its_key(name: str) -> None:
    form = form_of(name)
    items = [placed.item for placed in form.items]
    told = {settings.mode: quiz_page(form, settings).decode() for settings in (EXAM, PRACTICE)}
    read_out = {mode: " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split()) for mode, page in told.items()}
    hidden = secrets(items)
    assert hidden
    for text in hidden:
        assert text in read_out["practice"]
        assert text not in read_out["exam"]
        assert text not in told["exam"]
    passages = " ".join(plain(item_set.passage.text) for item_set in form.sets if item_set.passage)
    for item in items:
        for quotation in item.evidence or ():
            words = plain(quotation.quote or "")
            assert read_out["exam"].count(words) == passages.count(words)


@EVERY_FORM
@BOTH_MODES
def test_nothing_is_named_after_an_item_or_an_option(name: str, settings: Settings) -> None:
    form = form_of(name)
    items = [placed.item for placed in form.items]
    ids = {item.id for item in items} | {choice.id for item in items for choice in (*item.offered, *item.prompts)}
    page = page_of(form, settings)
    shown = {"alt", "aria-label", "content", "src", "href"}  # a text for readers, a policy, an image, a link
    used = {str(value): str(value.attrname) for value in page.xpath("//@*") if value.attrname not in shown}
    used = {word: attribute for value, attribute in used.items() for word in value.split()}
    judgements = {"true", "false"}  # what the two options of every true_false item are called
    assert not {word: used[word] for word in (ids - judgements) & set(used)}


@EVERY_FORM
@BOTH_MODES
def test_a_page_has_one_script_and_no_inline_styles_or_handlers(name: str, settings: Settings) -> None:
    page = page_of(form_of(name), settings)
    data = ["quiz"] if settings is EXAM else ["quiz", "answers"]
    assert [(script.get("type"), script.get("id")) for script in page.iter("script")] == [
        *(("application/json", block) for block in data),
        (None, None),
    ]
    names = {value.attrname for value in page.xpath("//@*")}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert not list(page.iter("iframe", "object", "embed", "base", "link", "form"))


@BOTH_MODES
def test_the_policy_comes_before_all_that_it_governs(settings: Settings) -> None:
    head = page_of(form_of("tides"), settings).find("head")
    assert head is not None
    assert head[0].get("charset") == "utf-8"
    assert head[1].get("http-equiv") == "Content-Security-Policy"
    policy = dict(part.strip().split(" ", 1) for part in head[1].get("content", "").split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["style-src"].startswith("'sha256-")
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", policy["script-src"])
    assert (policy["require-trusted-types-for"], policy["trusted-types"]) == ("'script'", "'none'")
    assert not any("unsafe" in value or "*" in value or "http" in value for value in policy.values())


# --- Size, and the same for ever --------------------------------------------------------------------------------


def test_a_page_is_small() -> None:
    """Twenty items on a page of text; the bank that comes with quizgen has eight passages for as many."""
    one_page, _ = parse(ONE_PAGE.read_bytes(), str(ONE_PAGE))
    assert one_page
    assert len(quiz_page(form_from(Bank((one_page,)), items=20), EXAM)) <= 60 * 1024
    bank, found = read([REAL])
    assert not has_errors(found)
    (file,) = bank.files
    many = Bank(tuple(replace(file, article=file.article.model_copy(update={"id": f"a{n}"})) for n in range(3)))
    assert len(quiz_page(form_from(bank, items=20), EXAM)) <= 60 * 1024
    assert len(quiz_page(form_from(many, items=200), EXAM)) <= 200 * 1024
    assert len(quiz_page(form_from(bank, items=20), PRACTICE)) <= 68 * 1024  # with its answers


def digest_of_pages() -> str:
    """One digest of all pages of all forms."""
    every = [quiz_page(form_of(name), settings) for name in FORMS for settings in (EXAM, PRACTICE)]
    return sha256(b"".join(every)).hexdigest()


def test_another_process_with_another_hash_seed_makes_the_same_bytes() -> None:
    code = "from tests.test_page import digest_of_pages; print(digest_of_pages())"
    told = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, check=True,
                       capture_output=True, text=True).stdout.strip()
        for seed in ("1", "4242")
    ]  # fmt: skip
    assert told == [digest_of_pages()] * 2
