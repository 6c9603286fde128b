"""`quizgen audit`: every leak that is planted into a real build is found, and none in a build that nobody touched."""

import base64
import gzip
import json
import re
import shutil
import urllib.parse
import zlib
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from quizgen.assemble import assemble
from quizgen.audit import Auditor, LeakError, audit, watched
from quizgen.audit.orders import key_places, sorted_by_chance, tail, telling_files
from quizgen.bank import Bank, parse
from quizgen.blueprint import Blueprint
from quizgen.bundled import QUESTION_BANK
from quizgen.codes import PAGES
from quizgen.diagnostics import Diagnostic, has_errors
from quizgen.form import Form, Settings
from quizgen.render.screen import quiz_page

from .prints import needs_pango
from .rebuilt import PIXEL, Done, quizgen
from .strategies import bank_records, file_of, seeds

# --- A build --------------------------------------------------------------------------------------------------------

BANK = r"""
article: {id: harbour-town, title: The harbour, language: en, license: CC0-1.0}
passages:
  - id: lighthouse-story
    heading: The light
    text: |
      The lighthouse keeper lit the lamp at dusk and wound the clockwork every four hours. Ships from the *north* passed
      the reef by night, and no captain trusted the old chart.

      In the winter of 1871 a storm broke the glass, and the keeper held a lantern in his hand until morning came.
items:
  - id: who-lit-it
    type: multiple_choice
    passage: lighthouse-story
    stem: Who lit the lamp? ![a lamp](map.png)
    evidence: The lighthouse keeper lit the lamp at dusk
    answer: The keeper himself
    distractors:
      - {text: A captain of a ship, why: Captains are only said to distrust the chart of the coast.}
      - The harbour master
      - A boy from town
    rationale: The very first sentence says plainly that the keeper lights it when evening falls.
  - {id: what-broke, type: multiple_choice, stem: What broke?, answer: Glass panes, distractors: [Clay pots, Oak beams],
     rationale: The storm smashed the panes of the lantern room.}
  - {id: which-way, type: multiple_choice, stem: From where?, answer: Northern seas,
     distractors: [Southern seas, Inland]}
  - {id: trusted-chart, type: true_false, stem: The chart was trusted., answer: false,
     rationale: No skipper relied on that ancient map.}
  - {id: things-used, type: multiple_response, stem: What was used?, answers: [Lantern oil, Clockwork gears],
     distractors: [Steam engine, Radio mast]}
  - {id: name-the-hour, type: short_answer, stem: When was the lamp lit?, answers: [gloaming, at nightfall]}
  - {id: how-many-metres, type: numeric, stem: How high is the tower?, answer: 4711.5, unit: m}
  - id: match-people
    type: matching
    stem: Who does what?
    pairs: {Fisherman: Mends nets, Baker: Kneads dough, Smith: Forges iron}
    distractors: [Sells cloth]
  - {id: order-of-events, type: ordering, stem: Put in order., sequence: [Dusk falls, Lamp is lit, Storm breaks]}
  - {id: fill-the-gap, type: cloze, stem: Fill in., text: "A boat with a {{mainsail}} needs a {{helmsman|steersman}}."}
  - id: write-at-length
    type: essay
    stem: Describe the night.
    rubric: [Mentions the broken panes and the hand lantern, Says how the crew felt about it]
"""
RATIONALE = "The very first sentence says plainly that the keeper lights it when evening falls."


def made_bank(folder: Path) -> Path:
    """A bank of all nine types, with an image."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "harbour.yaml").write_text(BANK)
    (folder / "map.png").write_bytes(PIXEL)
    return folder


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two forms on screen that nobody touched."""
    folder = tmp_path_factory.mktemp("audit")
    bank = made_bank(folder / "question_bank")
    done = quizgen("build", bank, "--forms", 2, "--format", "html", "--seed", "s", "--out", folder / "dist")
    assert done.code == 0, done.told
    return Path(done.out.strip())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two forms on paper that nobody touched."""
    folder = tmp_path_factory.mktemp("audit-pdf")
    bank = made_bank(folder / "question_bank")
    done = quizgen("build", bank, "--forms", 2, "--format", "pdf", "--seed", "s", "--sheets", "--out", folder / "dist")
    assert done.code == 0, done.told
    return Path(done.out.strip())


@pytest.fixture
def build(original: Path, tmp_path: Path) -> Path:
    """A copy of the build on screen that may be changed; its bank is where it was."""
    return shutil.copytree(original, tmp_path / "dist" / original.name)


@pytest.fixture
def paper(printed: Path, tmp_path: Path) -> Path:
    """A copy of the build on paper that may be changed."""
    return shutil.copytree(printed, tmp_path / "dist" / printed.name)


def run(build: Path) -> Done:
    """What the command says of a build, with its bank where it was made."""
    return quizgen("audit", build)


def finds(done: Done, file: str) -> list[tuple[str, int, int]]:
    """Code, line and column of what was found in a file, but that it was changed."""
    places = re.findall(rf"^\S*students/{re.escape(file)}:(\d+):(\d+): error\[(Q\d+)\]", done.told, re.MULTILINE)
    return [(code, int(line), int(column)) for line, column, code in places if code != "Q577"]


def test_a_build_that_nobody_touched_has_nothing(original: Path) -> None:
    done = run(original)
    assert (done.code, done.codes) == (0, [])
    assert "files for students of 'The harbour': nothing tells the key" in done.told


@needs_pango
def test_a_printed_build_that_nobody_touched_has_nothing(printed: Path) -> None:
    done = run(printed)
    assert (done.code, done.codes) == (0, [])


# --- Leaks on a screen ----------------------------------------------------------------------------------------------


def inside(page: str, plant: str) -> str:
    """A page with something more in its first question."""
    return page.replace("<legend>", f"{plant}<legend>", 1)


def in_json(page: str, name: str, value: Any) -> str:
    """A page with something more in the data of its script."""

    def more(match: re.Match[str]) -> str:
        data = json.loads(match[2]) | {name: value}
        return match[1] + json.dumps(data) + match[3]

    return re.sub(r'(<script type="application/json" id="quiz">)(.*?)(</script>)', more, page, count=1, flags=re.DOTALL)


def option(page: str, text: str) -> re.Match[str]:
    """The option with this text, as it is on the page."""
    found = re.search(rf"<label>(?:(?!</?label>).)*?{text}.*?</label>", page, re.DOTALL)
    assert found
    return found


def changed(page: str, text: str, old: str, new: str) -> str:
    """A page on which something in one option is written in another way."""
    found = option(page, text)
    assert old in found[0]
    return page[: found.start()] + found[0].replace(old, new, 1) + page[found.end() :]


def png(remark: str) -> str:
    """An image with a remark, for a page."""
    said, content = PngImagePlugin.PngInfo(), BytesIO()
    said.add_text("Comment", remark, zip=True)
    Image.new("L", (1, 1)).save(content, "PNG", pnginfo=said)
    return f'<img src="data:image/png;base64,{base64.b64encode(content.getvalue()).decode()}" alt="">'


KEY = '<i class="x">'
Plant = Callable[[str], str]
ON_SCREEN: dict[str, tuple[str, Plant, str]] = {
    "a hidden rationale": ("Q570", lambda p: inside(p, f"<p hidden>{RATIONALE}</p>"), RATIONALE[:10]),
    "half of a rationale": ("Q570", lambda p: inside(p, f"<p>{RATIONALE[20:]}</p>"), "that"),
    "a rationale with soft hyphens": (
        "Q570", lambda p: inside(p, "<p>" + RATIONALE.replace("e", "e\u00ad") + "</p>"), "The\u00ad"),
    "a rationale cut by tags": (
        "Q570", lambda p: inside(p, "<p>" + RATIONALE.replace("en", "e<b>n</b>") + "</p>"), "The"),
    "a rationale in entities": (
        "Q570", lambda p: inside(p, "<p>" + "".join(f"&#{ord(c)};" for c in RATIONALE) + "</p>"), "&#84;"),
    "why an option is wrong, as a title": (
        "Q570", lambda p: inside(p, '<i title="Captains are only said to distrust the chart of the coast."></i>'),
        "Captains"),
    "the evidence alone": (
        "Q570", lambda p: inside(p, '<i title="The lighthouse keeper lit the lamp at dusk"></i>'), "The lighthouse"),
    "the rubric in a comment": ("Q570", lambda p: inside(p, "<!-- Says how the crew felt about it -->"), "Says"),
    "an accepted answer as a placeholder": (
        "Q570", lambda p: p.replace("<input type=text", '<input placeholder="gloaming" type=text'), "gloaming"),
    "a word for a gap in data": ("Q570", lambda p: in_json(p, "x", {"a": ["steersman"]}), "steersman"),
    "the number that is asked for": ("Q570", lambda p: inside(p, "<p hidden>4711.5 m</p>"), "4711.5"),
    "base64": ("Q570", lambda p: in_json(p, "x", base64.b64encode(RATIONALE.encode()).decode()), "{"),
    "base64 in its middle": (
        "Q570", lambda p: inside(p, f'<i class="a{base64.b64encode(RATIONALE.encode()).decode()}"></i>'), "class"),
    "base64 for addresses": (
        "Q570", lambda p: inside(p, f"<!--{base64.urlsafe_b64encode(('???>>>' + RATIONALE).encode()).decode()}-->"),
        "<!--"),
    "packed, then base64": (
        "Q570", lambda p: in_json(p, "x", base64.b64encode(zlib.compress(RATIONALE.encode())).decode()), "{"),
    "gzip, then base64": (
        "Q570", lambda p: in_json(p, "x", base64.b64encode(gzip.compress(RATIONALE.encode())).decode()), "{"),
    "base64 of UTF-16": (
        "Q570", lambda p: in_json(p, "x", base64.b64encode(RATIONALE.encode("utf-16-be")).decode()), "{"),
    "hexadecimal": ("Q570", lambda p: inside(p, f"<!--{RATIONALE.encode().hex()}-->"), "<!--"),
    "hexadecimal of UTF-16": ("Q570", lambda p: inside(p, f"<!--{RATIONALE.encode('utf-16-le').hex()}-->"), "<!--"),
    "per cent signs": (
        "Q570", lambda p: inside(p, f'<a href="#{urllib.parse.quote(RATIONALE)}"></a>'), "href"),
    "escapes in a script": (
        "Q570", lambda p: p.replace("</body>", "<script>var a='" + "".join(f"\\u{ord(c):04x}" for c in RATIONALE)
                                    + "'</script></body>"), "var a"),
    "numbers of characters": (
        "Q570", lambda p: p.replace("</body>", f"<script>var a={[*map(ord, RATIONALE)]}</script></body>"), "var a"),
    "spelt backwards": ("Q570", lambda p: inside(p, f"<p>{RATIONALE[::-1]}</p>"), "ylnialp"),
    "a remark in an image": ("Q570", lambda p: inside(p, png(RATIONALE)), "src"),
    "the id of an item": ("Q571", lambda p: inside(p, '<i class="who-lit-it"></i>'), "who-lit-it"),
    "the id of an option": ("Q571", lambda p: inside(p, '<i id="the-keeper-himself"></i>'), "the-keeper"),
    "the id of a passage": ("Q571", lambda p: in_json(p, "x", {"lighthouse-story": 1}), "lighthouse-story"),
    "data-correct": (
        "Q572", lambda p: changed(p, "Glass panes", "<label", '<label data-correct="true"'), "data-correct"),
    "data-correct of all": (
        "Q572", lambda p: p.replace("<label><input", '<label data-correct="no"><input'), "data-correct"),
    "a class of one option": ("Q572", lambda p: changed(p, "Glass panes", "<b", '<b class="letter"'), "<label"),
    "a checked option": ("Q572", lambda p: changed(p, "Glass panes", "<input", "<input checked"), "<label"),
    "a blank more": ("Q572", lambda p: changed(p, "Glass panes", "Glass panes", "Glass panes "), "<label"),
    "another blank": ("Q572", lambda p: changed(p, "Glass panes", "Glass panes", "Glass&nbsp;panes"), "<label"),
    "a blank of no width": ("Q572", lambda p: changed(p, "Glass panes", "panes", "pan\u200bes"), "<label"),
    "an entity": ("Q572", lambda p: changed(p, "Glass panes", "panes", "p&#97;nes"), "<label"),
    "a ligature": ("Q572", lambda p: changed(p, "Glass panes", "ss", "\u00df"), "<label"),
    "another value": ("Q572", lambda p: changed(p, "Glass panes", "value=", "value=!"), "<label"),
    "capitals of a tag": ("Q572", lambda p: changed(p, "Glass panes", "<b", "<B"), "<label"),
    "true is marked": ("Q572", lambda p: re.sub(r"(value=F)", r"\1 class=short", p), "<label"),
    "the right option in a comment": ("Q572", lambda p: inside(p, "<!-- Glass panes -->"), "<!--"),
    "the right option in data": ("Q572", lambda p: in_json(p, "x", ["Glass panes"]), "Glass panes"),
    "the right option once more": ("Q572", lambda p: p.replace("</main>", "<p>Glass panes</p></main>"), "Glass panes"),
    "a style for one option": ("Q572", lambda p: p.replace("</style>", '#q2 [value="A"]{color:red}</style>'), "#q2"),
    "a script of its own": ("Q572", lambda p: p.replace("</script>\n</body>", ";1</script>\n</body>"), '"use strict"'),
    "an order": ("Q575", lambda p: swapped(p), "<label"),
    "the answers of practice": (
        "Q576", lambda p: p.replace("</body>", '<script type="application/json" id="answers">{}</script></body>'),
        '<script type="application/json" id="answers"'),
}  # fmt: skip


def swapped(page: str) -> str:
    """A page on which two options changed places."""
    return page.replace("Glass panes", "\0").replace("Clay pots", "Glass panes").replace("\0", "Clay pots")


@pytest.mark.parametrize("name", ON_SCREEN)
def test_a_leak_on_a_screen_is_found(name: str, build: Path) -> None:
    code, plant, words = ON_SCREEN[name]
    path = build / "students" / "form-B.html"
    page = path.read_text()
    path.write_text(planted := plant(page))
    assert planted != page
    done = run(build)
    assert done.code == 1
    found = finds(done, "form-B.html")
    lines = planted.split("\n")
    near = [lines[line - 1][column - 1 :] for which, line, column in found if which == code]
    assert any(words in text[: 20 + len(words)] for text in near), (found, [text[:60] for text in near])
    assert finds(done, "form-A.html") == []


def test_the_key_in_a_row_is_found(build: Path) -> None:
    manifest = json.loads((build / "teacher" / "manifest.json").read_text())
    keys = {item["number"]: item["key"] for item in manifest["forms"][0]["items"]}
    letters = {number: key for number, key in keys.items() if isinstance(key, list) and all(len(k) == 1 for k in key)}
    path = build / "students" / "form-A.html"
    page = path.read_text()
    one = next(iter(letters))
    row = " ".join(f"{number}{''.join(key)}" for number, key in letters.items())
    for plant in (
        inside(page, f'<i title="{row}"></i>'),
        inside(page, f"<p>{row}</p>"),
        in_json(page, "x", "".join("".join(key) for key in letters.values())),
        in_json(page, "x", {f"{one}": letters[one]}),
        in_json(page, "x", [{f"q{one}": {"answer": "".join(letters[one])}}]),
    ):
        path.write_text(plant)
        assert "Q572" in [code for code, *_ in finds(run(build), "form-A.html")], plant[-300:]


# --- Leaks on paper -------------------------------------------------------------------------------------------------


def opened(paper: Path, name: str = "form-A.pdf") -> pikepdf.Pdf:
    """A printed file that may be changed."""
    return pikepdf.open(BytesIO((paper / "students" / name).read_bytes()))


def write(pdf: pikepdf.Pdf, text: str, *, before: str = "", at: str = "1 0 0 1 72 20 Tm", page: int = 0) -> None:
    """Set a text on a page, in Helvetica."""
    sheet = pdf.pages[page]
    font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                                BaseFont=pikepdf.Name.Helvetica))  # fmt: skip
    name = sheet.add_resource(font, pikepdf.Name.Font)
    said = text.replace("(", r"\(").replace(")", r"\)")
    sheet.contents_add(f"q BT {before} {name} 9 Tf {at} ({said}) Tj ET Q".encode())


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"nothing")


def info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Keywords"] = RATIONALE


def xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as data:
        data["dc:description"] = RATIONALE


def xmp_base64(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as data:
        data["dc:description"] = base64.b64encode(RATIONALE.encode()).decode()


def bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(RATIONALE, 0))


def javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def annotation(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
                              Contents=pikepdf.String("see here"))  # fmt: skip
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


def place(pdf: pikepdf.Pdf) -> None:
    there = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    pdf.Root.Names = pikepdf.Dictionary(
        Dests=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("who-lit-it"), there]))
    )


def alternative(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.StructTreeRoot
    first.Alt = pikepdf.String(RATIONALE)


def actual(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(f"/Span <</ActualText ({RATIONALE})>> BDC EMC".encode())


def form_field(pdf: pikepdf.Pdf) -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("a"), V=pikepdf.String("b"))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))


def loose(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Notes = pdf.make_indirect(pikepdf.Stream(pdf, RATIONALE.encode("utf-16-le")))


def bold(pdf: pikepdf.Pdf) -> None:
    """The options of an item, all anew, and the right one in another font."""
    for number, (text, font) in enumerate(
        [("Glass panes", "/Courier"), ("Clay pots", "/Helvetica"), ("Oak beams", "/Helvetica")]
    ):
        sheet = pdf.pages[0]
        made = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name(font))
        name = sheet.add_resource(pdf.make_indirect(made), pikepdf.Name.Font)
        sheet.contents_add(f"q BT {name} 9 Tf 1 0 0 1 72 {60 - number * 15} Tm ({text}) Tj ET Q".encode())


ON_PAPER: dict[str, tuple[str, Callable[[pikepdf.Pdf], None], str]] = {
    "a rationale on a page": ("Q570", lambda pdf: write(pdf, RATIONALE), "page 1"),
    "an answer on the last page": ("Q570", lambda pdf: write(pdf, "Answer: steersman", page=-1), "page"),
    "the subject of the file": ("Q570", info, "data"),
    "metadata": ("Q570", xmp, "stream"),
    "metadata in base64": ("Q570", xmp_base64, "in base64"),
    "a bookmark": ("Q570", bookmark, "data"),
    "a text for screen readers": ("Q570", alternative, "data"),
    "a text for copying": ("Q570", actual, "stream"),
    "a stream that nothing shows": ("Q570", loose, "stream"),
    "an id as a named place": ("Q571", place, "who-lit-it"),
    "invisible text": ("Q573", lambda pdf: write(pdf, "1 B, 2 A", before="3 Tr"), "page 1: invisible"),
    "white text": ("Q573", lambda pdf: write(pdf, "1 B, 2 A", before="1 1 1 rg"), "page 1: white"),
    "tiny text": ("Q573", lambda pdf: write(pdf, "1 B, 2 A", at="0.1 0 0 0.1 72 20 Tm"), "page 1: tiny"),
    "text beside the page": (
        "Q573",
        lambda pdf: write(pdf, "1 B, 2 A", at="1 0 0 1 -900 20 Tm"),
        "page 1: text beside",
    ),
    "another font": ("Q573", bold, "glass panes"),
    "an attachment": ("Q574", attach, "an attachment"),
    "a script": ("Q574", javascript, "a script"),
    "a note": ("Q574", annotation, "a note"),
    "a form field": ("Q574", form_field, "form fields"),
}


@needs_pango
@pytest.mark.parametrize("name", ON_PAPER)
def test_a_leak_on_paper_is_found(name: str, paper: Path) -> None:
    code, plant, said = ON_PAPER[name]
    with opened(paper) as pdf:
        plant(pdf)
        pdf.save(paper / "students" / "form-A.pdf")
    done = run(paper)
    assert done.code == 1
    assert code in [which for which, *_ in finds(done, "form-A.pdf")], done.told
    assert any(f"[{code}]" in line and said in line for line in done.told.splitlines()), done.told
    assert finds(done, "form-B.pdf") == []


@needs_pango
def test_a_printed_file_that_is_only_saved_again_has_no_leak(paper: Path) -> None:
    """What the plants do beside the plant is no find."""
    with opened(paper) as pdf:
        pdf.save(paper / "students" / "form-A.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert finds(run(paper), "form-A.pdf") == []


# --- Files ----------------------------------------------------------------------------------------------------------


def test_a_file_for_teachers_among_those_for_students_is_found(build: Path) -> None:
    shutil.copy(build / "teacher" / "form-A-key.html", build / "students" / "readme.html")
    shutil.copy(build / "teacher" / "manifest.json", build / "students" / "notes.json")
    done = run(build)
    assert done.code == 1
    assert "readme.html:1:1: error[Q576]: this is teacher/form-A-key.html" in done.told
    assert "notes.json:1:1: error[Q576]: this is no file of the build" in done.told
    assert {"Q570", "Q576"} <= {code for code, *_ in finds(done, "readme.html")}


def test_a_practice_page_in_an_exam_is_found(build: Path, tmp_path: Path) -> None:
    bank = made_bank(tmp_path / "again")
    done = quizgen("build", bank, "--format", "html", "--mode", "practice", "--seed", "s", "--out", tmp_path / "p")
    shutil.copy(Path(done.out.strip()) / "students" / "form-A.html", build / "students" / "form-A.html")
    codes = {code for code, *_ in finds(run(build), "form-A.html")}
    assert {"Q570", "Q576"} <= codes


def test_a_practice_build_is_said_to_tell_its_answers(tmp_path: Path) -> None:
    bank = made_bank(tmp_path / "question_bank")
    done = quizgen("build", bank, "--format", "html", "--mode", "practice", "--seed", "s", "--out", tmp_path / "dist")
    told = run(Path(done.out.strip()))
    assert (told.code, told.codes) == (0, ["Q579"])


def test_an_id_in_the_name_of_a_file_is_found(build: Path) -> None:
    (build / "students" / "who-lit-it.txt").write_text("hello")
    done = run(build)
    assert [code for code, *_ in finds(done, "who-lit-it.txt")] == ["Q571", "Q576"]


@pytest.mark.parametrize("plant", [b"The storm smashed the panes of the lantern room.", RATIONALE.encode("utf-16")])
def test_a_rationale_in_a_file_of_any_kind_is_found(plant: bytes, build: Path) -> None:
    (build / "students" / "x.bin").write_bytes(plant)
    assert "Q570" in [code for code, *_ in finds(run(build), "x.bin")]


def test_a_file_that_was_changed_is_named(build: Path) -> None:
    path = build / "students" / "form-A.html"
    path.write_text(path.read_text() + "\n")
    done = run(build)
    assert (done.code, done.codes) == (1, ["Q577"])


def test_a_folder_without_a_build_is_wrong_usage(tmp_path: Path) -> None:
    assert quizgen("audit", tmp_path).code == 2
    assert quizgen("audit", tmp_path / "gone").code == 2


# --- Orders ---------------------------------------------------------------------------------------------------------


def forms_of(record: dict[str, Any], count: int, seed: str = "s") -> tuple[Form, ...]:
    """Forms of a bank."""
    forms, found = assemble(Bank((file_of(record),)), Blueprint(quiz="law"), seed, count)
    assert not found
    return forms


def choices(count: int) -> dict[str, Any]:
    """A bank of items with four options."""
    items = [
        {"id": f"i{n}", "type": "multiple_choice", "stem": f"Stem {n}?", "answer": f"right {n}",
         "distractors": [f"{word} {n}" for word in ("one", "two", "three")]}
        for n in range(count)
    ]  # fmt: skip
    return {"article": {"id": "plain", "title": "Plain", "language": "en"}, "items": items}


def test_keys_that_stand_where_chance_puts_them_are_no_find() -> None:
    assert [*key_places(forms_of(choices(60), 5))] == []


def test_a_key_that_is_always_first_is_found() -> None:
    (form,) = forms_of(choices(30), 1)
    for placed in form.items:
        key = placed.item.correct_response()
        placed.item._printed = tuple(sorted(placed.item.printed, key=lambda choice: choice.id != key))
    found = [*key_places([form])]
    assert [diagnostic.code for diagnostic in found] == ["Q575"] * len(found) != []
    assert "of 30 items with 4 options the key is option 1 in 30" in found[0].message


@pytest.mark.parametrize(("count", "whole", "share", "chance"), [(10, 10, 0.5, 1 / 1024), (0, 4, 0.25, 0.31640625)])
def test_the_tail_is_that_of_the_binomial_distribution(count: int, whole: int, share: float, chance: float) -> None:
    assert tail(count, whole, share) == pytest.approx(chance)


def test_files_that_are_sorted_by_the_key_are_found() -> None:
    forms = forms_of(choices(1), 40)
    keys = [next(form.items).item.written_key() for form in forms]
    ordered = sorted(range(40), key=lambda n: str(keys[n]))
    files = {f"students/form-{n}.html": form for n, form in enumerate(forms)}
    fair = dict.fromkeys(files, 1000)
    assert [*telling_files(files, fair)] == []
    found = [*telling_files(files, {f"students/form-{n}.html": 1000 + place for place, n in enumerate(ordered)})]
    assert [(diagnostic.code, "by size" in diagnostic.message) for diagnostic in found] == [("Q575", True)]
    named = {f"students/form-{place}.html": forms[n] for place, n in enumerate(ordered)}
    assert ["by name" in one.message for one in telling_files(named, dict.fromkeys(named, 1))] == [True]


def test_equal_letters_together_are_as_likely_as_they_are() -> None:
    assert sorted_by_chance("AABB") == pytest.approx(2 / 6)
    assert sorted_by_chance("ABAB") == 1


# --- While a build is made ------------------------------------------------------------------------------------------


def test_files_pass_and_a_leak_stops_the_build_behind_the_last(original: Path) -> None:
    forms = forms_of(choices(3), 2)
    passed: list[tuple[str, bytes]] = []
    files = pages(forms)
    assert [*watched(files, Auditor(forms, Settings(), quiz="law"))] == files
    leaky = [(name, page.replace(b"</main>", b"<!-- x --></main>")) for name, page in files]
    with pytest.raises(LeakError) as leak:
        passed.extend(watched(leaky, Auditor(forms, Settings(), quiz="law")))
    assert [one.code for one in leak.value.found] == ["Q572", "Q572"]


def test_of_very_many_forms_some_are_looked_at_and_with_every_page_all() -> None:
    forms = forms_of(choices(2), 401)
    leaky = [(name, page.replace(b"</main>", b"<!-- x --></main>")) for name, page in pages(forms)]
    some, each = (Auditor(forms, Settings(), quiz="law", every_page=every) for every in (False, True))
    assert [sum(len(auditor.look(*file)) for file in leaky) for auditor in (some, each)] == [81, 401]


@needs_pango
def test_the_first_and_the_last_page_of_a_printed_file_are_read_in_any_case(paper: Path, tmp_path: Path) -> None:
    content = BytesIO()
    with opened(paper) as pdf:
        for _ in range(9):
            pdf.pages.extend(pdf.pages[:1])
        write(pdf, RATIONALE, page=0)
        write(pdf, RATIONALE, page=-1)
        count = len(pdf.pages)
        pdf.save(content)
    (tmp_path / "map.png").write_bytes(PIXEL)
    file, _ = parse(BANK, str(tmp_path / "harbour.yaml"))
    assert file is not None
    forms, _ = assemble(Bank((file,)), Blueprint(quiz="law"), "s", 1)
    found = Auditor(forms, Settings()).look("students/form-A.pdf", content.getvalue())
    sheets = {one.message.split(":")[0] for one in found if one.code == "Q570"}
    assert {"page 1", f"page {count}"} <= sheets


# --- Hostile files --------------------------------------------------------------------------------------------------


HOSTILE = {
    "nested": "<div>" * 20_000 + "x",
    "unclosed": '<p title="' * 3000,
    "quotes": "<a b='" * 3000 + '"',
    "comments": "<!--" * 5000,
    "scripts": "<script>" * 5000,
    "data": '<script type="application/json">' + "[" * 50_000 + "</script>",
    "entities": "&amp" * 20_000 + "&#99999999999;" * 100,
    "base64 of base64": "QUFB" * 20_000,
    "hexadecimal": "ab" * 20_000,
    "numbers": "99999999 " * 2000,
    "escapes": "\\u{ffffff}" * 2000,
    "attributes": "<p " + " ".join(f"a{n}" for n in range(5000)) + ">",
    "nothing": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_to_its_end(name: str, build: Path) -> None:
    """Without a fault of the auditor's own; whatever it is, it was not built."""
    (build / "students" / "form-A.html").write_text(HOSTILE[name])
    done = run(build)
    assert done.code == 1
    assert "Q577" in done.codes


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n", b"%PDF-" + b"(" * 50_000, b"%PDF-1.7\n1 0 obj<</Length 9>>stream\n" * 500,
     b"%PDF-1.4\n" + b"<" * 9999,
     b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n" + zlib.compress(bytes(10**8)) + b"\nendstream"],
)  # fmt: skip
def test_a_hostile_pdf_cannot_be_searched_and_is_said_so(content: bytes, build: Path) -> None:
    (build / "students" / "form-A.pdf").write_bytes(content)
    done = run(build)
    assert done.code == 1
    assert "Q578" in [code for code, *_ in finds(done, "form-A.pdf")]


@needs_pango
@settings(max_examples=25)
@given(cut=st.integers(0, 2**20), flips=st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), max_size=20))
def test_a_damaged_pdf_is_read_as_far_as_it_goes(printed: Path, cut: int, flips: list[tuple[int, int]]) -> None:
    content = bytearray((printed / "students" / "form-A.pdf").read_bytes())
    for at, mask in flips:
        content[at % len(content)] ^= mask
    content = content[: cut % len(content)] if cut % 2 else content
    found = Auditor(forms_of(choices(2), 1), Settings()).look("students/form-A.pdf", bytes(content))
    assert all(one.code in PAGES and one.code.startswith("Q57") for one in found)


# --- Laws -----------------------------------------------------------------------------------------------------------


def pages(forms: tuple[Form, ...]) -> list[tuple[str, bytes]]:
    """The pages of forms, by the names of their files."""
    return [(f"students/form-{form.id}.html", quiz_page(form, Settings(), quiz="law", seed="s")) for form in forms]


def errors(found: list[Diagnostic]) -> list[str]:
    """What stops a build."""
    return [str(one) for one in found if has_errors([one])]


@settings(max_examples=60)
@given(record=bank_records(), seed=seeds)
def test_nothing_is_found_in_pages_of_random_forms(record: dict[str, Any], seed: str) -> None:
    forms = forms_of(record, 2, seed)
    assert errors(audit(forms, Settings(), pages(forms), quiz="law")) == []


ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": escape,
    "entities": lambda text: "".join(f"&#x{ord(sign):x};" for sign in text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64, one on": lambda text: base64.b64encode(b"?" + text.encode()).decode(),
    "base64, two on": lambda text: base64.b64encode(b"??" + text.encode()).decode(),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "UTF-16": lambda text: text.encode("utf-16-le").hex(),
    "UTF-16, the other way": lambda text: base64.b64encode(text.encode("utf-16-be")).decode(),
    "per cent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "backwards": lambda text: escape(text[::-1]),
    "packed": lambda text: base64.b64encode(zlib.compress(text.encode())).decode(),
}
PLACES: dict[str, str] = {
    "comment": "<!-- {} -->",
    "attribute": '<i title="{}"></i>',
    "name": '<i class="x {}"></i>',
    "data": '<script type="application/json">["{}"]</script>',
    "script": '<script>var a = "{}";</script>',
}


@settings(max_examples=120)
@given(
    record=bank_records(),
    words=st.lists(st.from_regex(r"[a-z]{6,10}", fullmatch=True), min_size=4, max_size=20, unique=True),
    how=st.sampled_from(sorted(ENCODINGS)),
    where=st.sampled_from(sorted(PLACES)),
)
def test_a_rationale_is_found_wherever_and_however_it_is_written(
    record: dict[str, Any], words: list[str], how: str, where: str
) -> None:
    record["items"][0]["rationale"] = text = " ".join(words)
    forms = forms_of(record, 1)
    ((name, page),) = pages(forms)
    encoded = ENCODINGS[how](text)
    if where == "script" and how == "entities":
        encoded = text
    planted = page.decode().replace("</main>", PLACES[where].format(encoded) + "</main>", 1)
    found = audit(forms, Settings(), [(name, planted.encode())], quiz="law")
    assert "Q570" in [one.code for one in found]


# --- Real builds ----------------------------------------------------------------------------------------------------


@needs_pango
def test_nothing_is_found_in_a_build_of_the_bank_that_comes_with_quizgen(tmp_path: Path) -> None:
    """In both formats and most editions, on sheets, for named candidates."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,edition\n7b-01,Ann Lee,\n7b-02,Bo Ek,large-print\n7b-03,Cy Oz,plain-text\n")
    done = quizgen(
        "build", QUESTION_BANK, "--items", 30, "--roster", roster, "--sheets", "--edition",
        "standard,read-aloud,high-contrast", "--cover", "--facing", "--seed", "s", "--out", tmp_path / "dist",
    )  # fmt: skip
    assert done.code == 0, done.told
    told = run(Path(done.out.strip()))
    assert (told.code, told.codes) == (0, []), told.told
