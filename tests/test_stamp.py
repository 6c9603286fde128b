"""The typesetter of many forms gives the pages that WeasyPrint gives of each form as a whole."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.assemble import assemble
from quizgen.bank import Bank, read
from quizgen.blueprint import Blueprint
from quizgen.editions import NAMES, STANDARD, Edition, parse
from quizgen.form import Candidate, Form, Layout, Settings
from quizgen.render import prints, student_files
from quizgen.render.keys import answers_alike
from quizgen.render.pdf import typeset
from quizgen.render.stamp.shapes import Unstampable

from .prints import needs_pango, pages_of
from .strategies import bank_records, file_of, plain_bank, records, rekeyed, seeds
from .test_keys import forms_from

pytestmark = needs_pango

REPOSITORY = Path(__file__).parent.parent
PAPER = Settings(formats=("pdf",), layout=Layout(duplex=False))
KINDS = ("booklet", "key")
SCRIPTS = {
    "en": "the river rose by night and the town lost its bridge when nobody looked at the water".split(),
    "ru": "река поднялась ночью и город потерял мост когда никто не смотрел на воду".split(),
    "ar": "ارتفع النهر ليلا وفقدت المدينة جسرها حين لم ينظر أحد إلى الماء".split(),
    "ja": ["夜に川があふれて", "町は橋を失った。", "だれも水を", "見ていなかった。"],
}


@st.composite
def plans(draw: st.DrawFn) -> list[dict[str, Any]]:
    """One or two articles: language, words in each paragraph of each passage (below 0: a list), and items."""
    articles = []
    for _ in range(draw(st.integers(1, 2))):
        size = st.one_of(st.integers(1, 160), st.integers(1, 160), st.integers(-20, -1))
        passages = draw(st.lists(st.lists(size, min_size=1, max_size=4), min_size=1, max_size=3))
        items = [
            draw(records(name=f"i{n}")) | {"passage": f"p{draw(st.integers(0, len(passages) - 1))}"}
            for n in range(draw(st.integers(2, 9)))
        ]
        language, headed = draw(st.sampled_from(sorted(SCRIPTS))), draw(st.booleans())
        articles.append({"language": language, "headed": headed, "passages": passages, "items": items})
    return articles


def bank_of(plan: list[dict[str, Any]]) -> Bank:
    """The bank that a plan tells of."""
    files = []
    for number, article in enumerate(plan):
        words = SCRIPTS[article["language"]] * 40
        passages = [
            {"id": f"p{n}", "text": "\n\n".join(_paragraph(words, size) for size in sizes)}
            | ({"heading": " ".join(words[: n + 3])} if article["headed"] else {})
            for n, sizes in enumerate(article["passages"])
        ]
        head = {"id": f"a{number}", "title": " ".join(words[:5]), "language": article["language"]}
        files.append(file_of({"article": head, "passages": passages, "items": article["items"]}))
    return Bank(tuple(files))


def _paragraph(words: list[str], size: int) -> str:
    if size > 0:
        return " ".join(words[:size])
    return "\n".join(f"- {' '.join(words[:count])}" for count in (-size, 2, -size))


def rasters(content: bytes) -> list[np.ndarray[Any, Any]]:
    """Each page in grey at 100 dots an inch."""
    document = pdfium.PdfDocument(content)
    return [np.asarray(sheet.render(scale=100 / 72).to_pil().convert("L")).astype(int) for sheet in document]


def letters(content: bytes) -> list[Counter[str]]:
    """How often each letter stands on each page: the order is that of painting, which is another in each way.

    Beside what reads from right to left PDFium takes a letter such as ½ apart, and turns brackets round.
    """
    texts = (sheet.get_textpage().get_text_range() for sheet in pdfium.PdfDocument(content))
    return [Counter("".join(normalize("NFKC", text).translate(_ALIKE).split())) for text in texts]


_ALIKE = str.maketrans("\u2044>)]}»”’", "/<([{«“‘")


def apart(one: Sequence[np.ndarray[Any, Any]], other: Sequence[np.ndarray[Any, Any]]) -> float:
    """The share of pixels that a person would call different, on the page where it is largest."""
    return max(float(np.mean(np.abs(mine - theirs) > 48)) for mine, theirs in zip(one, other, strict=True))


def alike(forms: Sequence[Form], what: str, chosen: Settings = PAPER, edition: Edition = STANDARD) -> None:
    copies = [(form, edition) for form in forms]
    same_pages(prints.stamped(copies, chosen, what).each(), prints.reference(copies, chosen, what).each())


def same_pages(made: Iterable[bytes], expected: Iterable[bytes]) -> None:
    for content, reference in zip(list(made), list(expected), strict=True):
        for mine, theirs in zip(letters(content), letters(reference), strict=True):
            assert (mine - theirs, theirs - mine) == (Counter(), Counter())
        assert apart(rasters(content), rasters(reference)) <= 0.001


def real_forms(name: str, items: int = 16) -> Sequence[Form]:
    """Three forms of a bank that comes with quizgen."""
    bank, found = read([REPOSITORY / "question_bank" / name])
    assert not found
    return assemble(bank, Blueprint(quiz="q", items=items), "seed", 3)[0]


@given(plan=plans(), seed=st.text("abc", min_size=1), named=st.booleans(), what=st.sampled_from(KINDS))
@settings(max_examples=10, deadline=None)
def test_both_ways_give_the_same_pages(plan: list[dict[str, Any]], seed: str, named: bool, what: str) -> None:
    people = [Candidate(f"s-{n}", name) for n, name in enumerate(("Ayşe", "Иван Петров"))]
    forms, found = assemble(bank_of(plan), Blueprint(quiz="q"), seed, people if named else 2)
    assert not found
    with suppress(Unstampable):  # a block may be higher than a page
        alike(forms, what)


@pytest.mark.parametrize("what", KINDS)
@pytest.mark.parametrize("name", ["kyrgyzstan-2010.yaml", "pendulum.yaml"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_banks_that_come_with_quizgen_are_set_alike(name: str, paper: Any, what: str) -> None:
    alike(real_forms(name), what, PAPER.model_copy(update={"paper": paper}))


LAYOUTS = [
    Layout(cover=True), Layout(facing=True), Layout(cover=True, facing=True), Layout(line_numbers=False),
]  # fmt: skip


@pytest.mark.parametrize("layout", [Layout(cover=True), Layout(cover=True, facing=True)])
def test_the_sides_of_pages_change_places_where_one_reads_from_the_right(layout: Layout) -> None:
    words = " ".join(SCRIPTS["ar"] * 24)
    passages = [{"id": f"p{n}", "text": f"{words}\n\n{words}"} for n in range(2)]
    items = [
        {"id": f"i{n}", "type": "true_false", "stem": words[:60], "answer": "true", "passage": f"p{n % 2}"}
        for n in range(4)
    ]
    article = {"id": "a", "title": "النهر", "language": "ar"}
    bank = Bank((file_of({"article": article, "passages": passages, "items": items}),))
    forms, _ = assemble(bank, Blueprint(quiz="q"), "s", 2)
    alike(forms, "booklet", PAPER.model_copy(update={"layout": layout}))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["kyrgyzstan-2010.yaml", "pendulum.yaml"])
def test_every_layout_is_set_alike(name: str, layout: Layout) -> None:
    alike(real_forms(name), "booklet", PAPER.model_copy(update={"layout": layout}))


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", ["kyrgyzstan-2010.yaml", "pendulum.yaml"])
def test_answers_are_set_alike(name: str, paper: Any) -> None:
    chosen, forms = PAPER.model_copy(update={"paper": paper}), real_forms(name)
    same_pages(
        prints.stamped_answers(forms, chosen).each(), typeset([one.page() for one in answers_alike(forms, chosen)])[:-1]
    )


def test_answers_that_fit_in_a_line_look_the_same_on_few_forms_and_on_many() -> None:
    forms = forms_from(plain_bank(24), 3)
    same_pages(prints.stamped_answers(forms, PAPER).each(), prints.answers(forms, PAPER).each())


@pytest.mark.parametrize("edition", [*NAMES, "large-print+high-contrast+one-item-per-page"])
def test_every_edition_is_set_alike(edition: str) -> None:
    alike(real_forms("pendulum.yaml", 8), "booklet", PAPER, parse(edition))


# --- What a file says of itself ---------------------------------------------------------------------------------


def stamped(name: str = "kyrgyzstan-2010.yaml", forms: int = 3) -> tuple[Sequence[Form], prints.Prints]:
    made = real_forms(name)[:forms]
    return made, prints.stamped([(form, STANDARD) for form in made], PAPER, "booklet")


def test_all_that_is_stamped_is_accessible() -> None:
    for what in KINDS:
        for name in ("kyrgyzstan-2010.yaml", "pendulum.yaml"):
            made = prints.stamped([(form, STANDARD) for form in real_forms(name)], PAPER, what)
            for content in (made.whole(), *made.each()):
                found = page_validation.validate_pdf_bytes(content, profile=page_validation.ValidationProfile.PDF_UA_1)
                assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]


def test_a_stamped_form_reads_in_order() -> None:
    """Title, passage, stem, options with their letters, set by set; every item once."""
    forms, made = stamped()
    for form, content in zip(forms, made.each(), strict=True):
        text = "".join("".join(pages_of(content)).split())
        wanted = [form.title]
        for item_set in form.sets:
            assert item_set.passage
            wanted += [item_set.passage.heading or "", *item_set.passage.text.replace("*", "").split("\n\n")]
            for placed in item_set.items:
                wanted.append(f"{placed.number}{placed.item.points:g}point")
                wanted.append(placed.item.stem.replace("*", ""))
        place = -1
        for words in ("".join(part.split()) for part in wanted):
            found = text.find(words, place + 1)
            assert found > place, words
            place = found


def elements(node: Any) -> Iterator[Any]:
    """An element of the structure and all below it, in order."""
    yield node
    for kid in kids_of(node):
        yield from elements(kid)


def kids_of(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_the_structure_has_lists_with_labels_headings_and_pictures_with_a_text() -> None:
    forms, made = stamped("pendulum.yaml", 2)
    with pikepdf.open(BytesIO(made.whole())) as document:
        root = document.Root.StructTreeRoot.K
        parts = kids_of(root)
        assert [str(part.S) for part in parts] == ["/Part", "/Part"]
        assert str(document.Root.Lang) == "en"
        for form, part in zip(forms, parts, strict=True):
            every = list(elements(part))
            tags = Counter(str(element.S) for element in every)
            assert tags["/H1"] == 1
            assert tags["/H2"] == sum(1 for _ in form.sets)
            assert tags["/Lbl"] == sum(
                len(shown.choices) + len(shown.prompts) for shown in (placed.item.shown() for placed in form.items)
                if shown.type not in ("true_false", "cloze")
            )  # fmt: skip
            assert all("/Alt" in element for element in every if str(element.S) in ("/Figure", "/Formula"))
            assert tags["/Figure"] + tags["/Formula"] > 3
            entries = [element for element in every if str(element.S) == "/LI"]
            assert all(str(kids_of(entry)[-1].S) == "/LBody" for entry in entries)
        assert len(document.open_outline().root) == 2


def content_of(page: Any) -> bytes:
    streams = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def test_every_marked_content_belongs_to_the_element_that_says_so() -> None:
    """The tree of parents and the elements agree, page by page."""
    _, made = stamped("pendulum.yaml", 2)
    with pikepdf.open(BytesIO(made.whole())) as document:
        parents = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        for page in document.pages:
            owners = list(parents[int(page.StructParents)])
            marked = re.findall(rb"/MCID (\d+)>>BDC", content_of(page))
            assert [int(number) for number in marked] == list(range(len(owners)))
            for number, owner in enumerate(owners):
                kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
                assert any(
                    kid == number if not isinstance(kid, pikepdf.Dictionary) else kid.get("/MCID") == number
                    for kid in kids
                )


@pytest.mark.parametrize("edition", ["standard", "large-print", "dyslexia-friendly"])
@pytest.mark.parametrize("what", KINDS)
def test_each_candidate_has_their_own_name_and_nobody_elses(what: str, edition: str) -> None:
    names = ("Ayşe", "Petrov", "Quiller", "Zhang")
    bank, _ = read([REPOSITORY / "question_bank" / "kyrgyzstan-2010.yaml"])
    people = [Candidate(f"s-{number}", name) for number, name in enumerate(names)]
    forms, _ = assemble(bank, Blueprint(quiz="q", items=4), "seed", people)
    made = prints.stamped([(form, parse(edition)) for form in forms], PAPER, what)
    for name, content in zip(names, made.each(), strict=True):
        sheets = pages_of(content)
        assert sheets[0].count(name) == 2  # in the head, and at the foot
        assert all(name in sheet for sheet in sheets)
        assert not any(other in sheet for other in names if other != name for sheet in sheets)


# --- Laws -------------------------------------------------------------------------------------------------------


@given(record=bank_records(), seed=seeds, key=st.integers(0, 99))
@settings(max_examples=4, deadline=None)
def test_what_students_get_does_not_depend_on_the_key(record: dict[str, Any], seed: str, key: int) -> None:
    """In every edition but the one with fewer options, booklets by either way, answer sheets, texts: to the byte."""
    editions = (*(name for name in NAMES if name != "reduced-options"), "large-print+high-contrast")
    chosen = Settings(formats=("pdf",), editions=editions, layout=Layout(sheets=True, cover=True))
    made = []
    other = {**record, "items": [rekeyed(item, key) for item in record["items"]]}
    for data in (record, other):
        forms, _ = assemble(Bank((file_of(data),)), Blueprint(quiz="q"), seed, 2)
        made.append(dict(student_files(forms, chosen)) | dict(student_files(forms[:1], PAPER)))
    assert made[0] == made[1]
    assert len(made[0]) > 20
