"""Answer sheets: laid out for any items, the same for every key, and read back from a picture of the paper."""

import random
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from typing import Any

import numpy as np
import page as page_validation
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from quizgen.assemble import assemble
from quizgen.bank import Bank
from quizgen.blueprint import Blueprint
from quizgen.form import Candidate, Form, Settings
from quizgen.items import letter
from quizgen.render.sheet import PrintedSheets, identity, sheets
from quizgen.render.sheet_blocks import Asked
from quizgen.render.sheet_layout import laid_out
from quizgen.sheet_geometry import CODE, RADIUS, Bubble, SheetGeometry, SheetPage

from .prints import needs_pango, pages_of
from .strategies import bank_records, file_of, rekeyed
from .test_page import form_of, framed
from .test_pdf import real_forms

PAPERS = ("a4", "letter")


def sheet_of(*forms: Form, paper: Any = "a4") -> PrintedSheets:
    return sheets(forms, Settings(paper=paper), quiz="tides", seed="seed")


def random_form(record: dict[str, Any]) -> Form:
    return assemble(Bank((file_of(record),)), Blueprint(quiz="sheet"), "sheet", 1)[0][0]


# --- Where everything is ------------------------------------------------------------------------------------

_IN_PARTS = ("matching", "ordering", "cloze", "essay")


@st.composite
def shapes(draw: st.DrawFn) -> list[Asked]:
    """Items of any type, of any size."""
    kinds = st.sampled_from(
        ["multiple_choice", "multiple_response", "true_false", "short_answer", "numeric", *_IN_PARTS]
    )
    found = []
    for number in range(1, draw(st.integers(1, 70)) + 1):
        kind = draw(kinds)
        options = draw(st.integers(2, 9) | st.integers(10, 60))
        parts = draw(st.integers(1, 6) | st.integers(7, 40)) if kind in _IN_PARTS else 1
        found.append(Asked(number, kind, options, parts, draw(st.sampled_from(["", "km/h"]))))
    return found


def expected(item: Asked) -> set[tuple[int | None, int | None, str]]:
    """The bubbles that an item must have."""
    letters = [letter(n) for n in range(item.options)]
    match item.type:
        case "multiple_choice" | "multiple_response":
            return {(item.number, None, value) for value in letters}
        case "true_false":
            return {(item.number, None, "T"), (item.number, None, "F")}
        case "matching" | "ordering":
            return {(item.number, part, value) for part in range(1, item.parts + 1) for value in letters}
        case "numeric":
            signs = {(item.number, 1, "-")} | {(item.number, column, ".") for column in range(2, 7)}
            return signs | {(item.number, column, digit) for column in range(1, 7) for digit in "0123456789"}
        case _:
            return set()


@given(items=shapes(), paper=st.sampled_from(PAPERS), digits=st.integers(0, 12))
def test_every_bubble_has_a_place_of_its_own(items: list[Asked], paper: Any, digits: int) -> None:
    """As many bubbles as there are things to say; none touches another, a code, a line to write on, or the edge."""
    geometry = laid_out(items, paper, digits).geometry
    found = [(b.item, b.part, b.value) for page in geometry.pages for b in page.bubbles]
    own = {(None, column, digit) for column in range(1, digits + 1) for digit in "0123456789"}
    assert sorted(found, key=str) == sorted(own.union(*map(expected, items)), key=str)
    for page in geometry.pages:
        assert clear(page, geometry)


def clear(page: SheetPage, geometry: SheetGeometry) -> bool:
    rows: dict[int, list[Bubble]] = {}
    for bubble in page.bubbles:
        rows.setdefault(int(bubble.y // 10), []).append(bubble)
    for row in rows:
        near = rows[row] + rows.get(row + 1, [])
        for one, other in combinations(near, 2):
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (2 * RADIUS + 0.5) ** 2, (one, other)
    for bubble in page.bubbles:
        assert bubble.x - RADIUS >= 10, bubble
        assert bubble.x + RADIUS <= geometry.width - 10, bubble
        assert all(max(abs(bubble.x - x), abs(bubble.y - y)) > CODE / 2 + RADIUS + 2 for x, y in geometry.corners)
        for box in page.boxes:
            inside = box.x <= bubble.x <= box.x + box.width and box.y <= bubble.y <= box.y + box.height
            assert not inside, (bubble, box)
    return all(box.y + box.height < geometry.corners[2][1] - CODE / 2 for box in page.boxes)


@given(items=shapes())
def test_what_a_person_reads_has_a_box(items: list[Asked]) -> None:
    boxes = [box for page in laid_out(items, "a4", 0).geometry.pages for box in page.boxes]
    for item in items:
        own = [box.part for box in boxes if box.item == item.number]
        if item.type == "cloze":
            assert own == list(range(1, item.parts + 1))
        elif item.type == "essay":
            assert sum(box.height for box in boxes if box.item == item.number) == pytest.approx(8.5 * item.parts)
        else:
            assert len(own) == (item.type == "short_answer")


def test_letters_go_on_after_z() -> None:
    geometry = laid_out([Asked(1, "multiple_choice", 30, 0, "")], "a4", 0).geometry
    assert [bubble.value for bubble in geometry.pages[0].bubbles][24:] == ["Y", "Z", "AA", "AB", "AC", "AD"]


# --- Nothing depends on the key -----------------------------------------------------------------------------


@needs_pango
@settings(max_examples=8, deadline=None)
@given(record=bank_records(), change=st.integers(0, 10**6))
def test_a_sheet_is_the_same_to_the_byte_when_the_key_changes(record: dict[str, Any], change: int) -> None:
    twin = {**record, "items": [rekeyed(item, change + n) for n, item in enumerate(record["items"])]}
    one, other = (sheet_of(random_form(data)) for data in (record, twin))
    assert one.geometries == other.geometries
    assert one.whole == other.whole


@needs_pango
def test_a_sheet_can_tell_other_items_apart() -> None:
    """The law above would hold for a sheet that shows nothing, too."""
    assert sheet_of(framed(None)).whole != sheet_of(form_of("tides")).whole


# --- The file -----------------------------------------------------------------------------------------------


@needs_pango
@pytest.mark.parametrize("form", [framed(), framed(None), form_of("tides")], ids=["named", "unnamed", "plain"])
def test_sheets_can_be_read_by_everyone(form: Form) -> None:
    """PDF/UA-1; the name, the form and the numbers are text, and each code says what it is."""
    printed = sheet_of(form)
    found = page_validation.validate_pdf_bytes(printed.whole, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert found.is_compliant, [(fault.rule_id, fault.message) for fault in found.failures]
    first = pages_of(printed.whole)[0]
    assert form.title.split(" · ")[0] in first
    assert (form.candidate.name if form.candidate else "Form A") in first
    with pikepdf.open(BytesIO(printed.whole)) as document:
        texts = [str(o["/Alt"]) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert len(texts) == 4 * len(document.pages)
        label = form.candidate.id if form.candidate else "Form A"
        assert f"Code for the scanner: {label}, page 1, corner 3" in texts


def class_of(size: int) -> list[Form]:
    return [
        replace(framed(), id=f"7b-{n:02}", candidate=Candidate(f"7b-{n:02}", f"Student {n} Ω Жизнь"))
        for n in range(1, size + 1)
    ]


@needs_pango
def test_a_class_shares_what_is_common_and_each_has_a_sheet_of_their_own() -> None:
    forms = class_of(6)
    printed = sheet_of(*forms, form_of("tides"))
    assert printed.of == (0,) * 6 + (1,)
    pages = len(printed.geometries[0].pages)
    with pikepdf.open(BytesIO(printed.whole)) as document:
        shared = {document.pages[n * pages].Contents[0].objgen for n in range(6)}
        assert len(shared) == 1
    together = pages_of(printed.whole)
    for n, (form, content) in enumerate(zip(forms, printed.each(), strict=False)):
        alone = pages_of(content)
        assert alone == together[n * pages : (n + 1) * pages]
        assert form.candidate is not None
        assert all(f"{form.candidate.id}" in text and form.candidate.name in text for text in alone)
        assert len(content) < 120_000


@needs_pango
def test_forms_in_other_orders_have_other_places_but_the_same_pieces() -> None:
    """A class in which each has items of several types in an order of their own: what is drawn does not grow."""
    few, many = (sheet_of(*real_forms(20, size)) for size in (3, 30))
    assert len(many.geometries) > 10
    assert len(many.master.blocks) <= len(few.master.blocks) + 5
    assert len({page for pages in many.pages for page in pages}) == sum(map(len, many.pages))


@given(quiz=st.text(min_size=1), seed=st.text(), form=st.text(min_size=1))
def test_an_identity_always_fits_its_code(quiz: str, seed: str, form: str) -> None:
    payload = f"{'|'.join(identity(quiz, seed, form)[:2])}|999|4|{identity(quiz, seed, form)[2]}"
    assert payload.isascii()
    assert payload.count("|") == 4
    assert len(payload) <= 42


def test_an_identity_tells_forms_and_seeds_apart() -> None:
    long = "the-quiz-of-the-whole-district-in-the-spring-of-2027"
    names = {identity(long + end, seed, form + long) for end in "ab" for seed in "ab" for form in "ab"}
    assert len(names) == 8


# --- Filled in, scanned and read ----------------------------------------------------------------------------
# The reader is the test's own: codes by zxing-cpp, the homography from their 16 corners, darkness by numpy.

_DPI = 200
_SCALE = _DPI / 25.4
Mark = tuple[int | None, int | None, str]


def picture(content: bytes, page: int) -> Image.Image:
    drawn: Image.Image = pypdfium2.PdfDocument(content)[page].render(scale=_DPI / 72).to_pil()
    return drawn.convert("L")


def answered(geometry: SheetGeometry, page: int, chance: random.Random) -> list[Bubble]:
    """What somebody fills in: a third of all bubbles, more or less, neighbours too."""
    return [bubble for bubble in geometry.pages[page].bubbles if chance.random() < 0.35]


def pencilled(image: Image.Image, bubbles: list[Bubble], chance: random.Random) -> Image.Image:
    """Marks as people make them: grey, uneven, not quite in the middle, some of them small."""
    draw = ImageDraw.Draw(image)
    for bubble in bubbles:
        size = chance.uniform(0.72, 1.1) * RADIUS
        x, y = (place + chance.uniform(-0.45, 0.45) for place in (bubble.x, bubble.y))
        for _ in range(28):  # strokes to and fro
            left, right = (x + side * size * chance.uniform(0.6, 1) for side in (-1, 1))
            height = y + chance.uniform(-0.8, 0.8) * size
            ends = (left * _SCALE, height * _SCALE, right * _SCALE, (height + chance.uniform(-0.5, 0.5)) * _SCALE)
            draw.line(ends, fill=chance.randint(50, 115), width=3)
    return image


def scanned(image: Image.Image, angle: float, seed: int) -> Image.Image:
    """Askew, shaded and noisy."""
    turned = image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=250)
    pixels = np.asarray(turned, dtype=float) * np.linspace(1, 0.86, turned.width)
    noise = np.random.default_rng(seed).normal(0, 9, pixels.shape)
    return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))


def read(image: Image.Image, geometry: SheetGeometry) -> tuple[set[str], int, set[Mark]]:
    """Whose sheet it is, which page, and what is filled in."""
    names, paper, pixels = set(), [], []
    for code in zxingcpp.read_barcodes(image):
        *name, page, corner, digest = code.text.split("|")
        names.add("|".join([*name, digest]))
        x, y = geometry.corners[int(corner) - 1]
        half = geometry.code / 2
        paper += [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        place = code.position
        pixels += [(p.x, p.y) for p in (place.top_left, place.top_right, place.bottom_right, place.bottom_left)]
    assert len(paper) == 16, "not all four codes were found"
    matrix = homography(np.array(paper), np.array(pixels, dtype=float))
    bubbles = geometry.pages[int(page) - 1].bubbles
    dark = darkness(np.asarray(image, dtype=float), matrix, bubbles)
    marks = {(b.item, b.part, b.value) for b, found in zip(bubbles, dark, strict=True) if found > 0.3}
    return names, int(page), marks


def homography(source: NDArray[Any], target: NDArray[Any]) -> NDArray[Any]:
    """The projection that takes these points to those (direct linear transform)."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y, -u], [0, 0, 0, x, y, 1, -v * x, -v * y, -v]]
    result: NDArray[Any] = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    return result


def darkness(pixels: NDArray[Any], matrix: NDArray[Any], bubbles: tuple[Bubble, ...]) -> NDArray[Any]:
    """How dark the inside of each bubble is, 0 to 1, beside the paper around it."""
    grid = np.linspace(-1, 1, 15)
    disc = np.array([(x, y) for x in grid for y in grid if x * x + y * y <= 1])
    ring = np.array([(np.cos(a), np.sin(a)) for a in np.linspace(0, 2 * np.pi, 24)])
    centres = np.array([(bubble.x, bubble.y) for bubble in bubbles]).reshape(-1, 2)

    def seen(points: NDArray[Any]) -> NDArray[Any]:
        places = centres[:, None, :] + points
        projected = np.concatenate([places, np.ones((*places.shape[:2], 1))], axis=2) @ matrix.T
        at = np.rint(projected[..., :2] / projected[..., 2:]).astype(int)
        values: NDArray[Any] = pixels[at[..., 1], at[..., 0]]
        return values

    inside = seen(disc * RADIUS * 0.75).mean(axis=1)
    around = np.percentile(seen(ring * (RADIUS + 0.45)), 90, axis=1)
    return np.asarray(1 - inside / around)


@needs_pango
@pytest.mark.parametrize("angle", [0, 2, -2, 180, 182])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("form", [framed(None), framed()], ids=["with a grid for the number", "with a name"])
def test_a_scan_gives_back_every_mark(form: Form, paper: Any, angle: float) -> None:
    """On 200 dpi, askew or upside down: 0 marks too many, 0 too few."""
    printed, chance = sheet_of(form, paper=paper), random.Random(f"{paper} {angle}")
    geometry = printed.geometries[0]
    whose = "|".join(identity("tides", "seed", form.id))
    for page in range(len(geometry.pages)):
        filled = answered(geometry, page, chance)
        image = scanned(pencilled(picture(printed.whole, page), filled, chance), angle, page)
        assert read(image, geometry) == ({whose}, page + 1, {(b.item, b.part, b.value) for b in filled})


@needs_pango
def test_an_empty_sheet_has_no_mark() -> None:
    printed = sheet_of(framed(None))
    assert read(scanned(picture(printed.whole, 0), 1, 0), printed.geometries[0])[2] == set()
