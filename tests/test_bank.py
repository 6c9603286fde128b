"""Banks as authors keep them: the ones that come with quizgen, folders of files, images, and files full of slips."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from quizgen import checks, markup
from quizgen.bank import Bank, BankFile, parse, read
from quizgen.bundled import QUESTION_BANK
from quizgen.diagnostics import Diagnostic, has_errors, in_order
from quizgen.files import bank_paths
from quizgen.images import ImageError, read_image
from quizgen.items import ITEM_TYPES

from .strategies import bank_records

SOUND = """article: {id: harbour, title: The old harbour, language: en}
passages:
  - id: tides
    text: At low water, boats lie on the mud.
items:
  - {id: mud, type: true_false, passage: tides, evidence: boats lie on the mud, stem: They float., answer: false}
"""


def codes(found: list[Diagnostic]) -> list[str]:
    """The codes of diagnostics, in order."""
    return [diagnostic.code for diagnostic in found]


def parsed(content: str | bytes) -> tuple[BankFile, list[Diagnostic]]:
    """A file that can be used at least in part, and what is wrong in it."""
    file, found = parse(content, "bank.yaml")
    assert file is not None
    return file, found


# --- The banks that come with quizgen ---------------------------------------------------------------------------

STORED = bank_paths([QUESTION_BANK])


def test_there_are_banks() -> None:
    assert "kyrgyzstan-2010.yaml" in [path.name for path in STORED]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_stored_bank_has_no_errors_and_no_warnings(path: Path) -> None:
    bank, found = read([path])
    assert [str(diagnostic) for diagnostic in [*found, *checks.check(bank)]] == []
    assert bank.size > 0


def test_the_stored_banks_can_be_read_together() -> None:
    bank, found = read([QUESTION_BANK])
    assert found == []
    assert len(bank.files) == len(STORED)


@pytest.fixture(scope="module")
def kyrgyzstan() -> BankFile:
    """The bank on the article of the study."""
    (file,) = read([QUESTION_BANK / "kyrgyzstan-2010.yaml"])[0].files
    return file


def test_the_bank_on_kyrgyzstan_has_all_nine_types(kyrgyzstan: BankFile) -> None:
    assert {item.type for item in kyrgyzstan.items} == set(ITEM_TYPES)
    assert len(kyrgyzstan.items) >= 60
    assert len(kyrgyzstan.passages) >= 10


def test_every_item_on_kyrgyzstan_says_what_it_asks_and_why(kyrgyzstan: BankFile) -> None:
    for item in kyrgyzstan.items:
        assert item.passage
        assert item.evidence
        assert item.rationale
        assert item.skill
        assert item.difficulty


def test_every_passage_on_kyrgyzstan_is_asked_about(kyrgyzstan: BankFile) -> None:
    assert {item.passage for item in kyrgyzstan.items} == {passage.id for passage in kyrgyzstan.passages}
    assert all(passage.heading for passage in kyrgyzstan.passages)


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_no_answer_to_be_typed_stands_in_its_stem(path: Path) -> None:
    for file in read([path])[0].files:
        for item in file.items:
            if item.type == "short_answer":
                answer = str(item.correct_response()).casefold()
                assert answer not in markup.to_plain(item.stem).casefold().split()


# --- One file ---------------------------------------------------------------------------------------------------


def test_a_file_is_an_article_with_passages_and_items() -> None:
    file, found = parsed(SOUND)
    (item,), (passage,) = file.items, file.passages
    assert found == []
    assert (file.file, file.article.id, item.id, passage.id) == ("bank.yaml", "harbour", "mud", "tides")
    assert (file.numbers, file.by_id) == ({"tides": 1}, {"tides": passage})
    assert (file.at(item, "stem").line, file.at(passage).line, file.at(item, "stem", key=True).column) == (6, 3, 81)
    assert not file.lacks(item, "evidence")
    assert file.lacks(item, "rationale")


def test_bytes_and_text_are_the_same_file() -> None:
    assert parsed(SOUND)[0].sha256 == parsed(SOUND.encode())[0].sha256
    assert parsed(SOUND)[0].sha256 != parsed(SOUND + "\n")[0].sha256


def test_to_parse_opens_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = SOUND.replace("They float.", '"![a pier](pier.png) They float."')
    file, found = parsed(text)
    assert found == []
    assert file.images == {}
    assert list(tmp_path.iterdir()) == []


def test_a_faulty_record_hides_no_other() -> None:
    faulty = (
        SOUND
        + "  - {id: b, type: essay}\n  - {id: c, type: cloze, stem: s, text: x}\n  - {id: d, type: esay, stem: s}\n"
    )
    file, found = parsed(faulty + "  - {id: e, type: essay, stem: s}\n  - just a text\n  - [a, list]\n")
    assert codes(found) == ["Q103", "Q206", "Q105", "Q104", "Q104"]
    assert [item.id for item in file.items] == ["mud", "e"]
    assert [found.span.line for found in found] == [7, 8, 9, 11, 12]


def test_a_faulty_passage_hides_no_item() -> None:
    file, found = parsed(SOUND.replace("    text: At", "    txt: At"))
    assert sorted(codes(found)) == ["Q102", "Q103"]
    assert (len(file.passages), len(file.items)) == (0, 1)


def test_an_item_of_no_known_type_is_still_looked_at() -> None:
    _, found = parsed(SOUND + "  - {id: B, type: esay, stem: '', points: 0}\n  - {id: C, stem: ''}\n")
    assert sorted(codes(found)) == ["Q103", "Q105", "Q106", "Q106", "Q107", "Q107", "Q109"]


@pytest.mark.parametrize("kind", ["passages", "items"])
def test_two_records_with_one_id_are_one_too_many(kind: str) -> None:
    passage, item = "  - {id: tides, text: Another.}\n", "  - {id: mud, type: essay, stem: Another.}\n"
    text = SOUND.replace("items:\n", f"{passage}items:\n") if kind == "passages" else SOUND + item
    file, (found,) = parsed(text)
    assert found.code == "Q108"
    assert found.message == f"two {kind} are called '{'tides' if kind == 'passages' else 'mud'}'"
    assert found.span.line == (5 if kind == "passages" else 7)
    assert (len(file.passages), len(file.items)) == (1, 1)


def test_the_first_of_two_records_is_the_one_that_stays() -> None:
    file, _ = parsed(SOUND + "  - {id: mud, type: essay, stem: Another.}\n")
    assert file.items[0].type == "true_false"


@pytest.mark.parametrize(
    ("passages", "hint"),
    [("passages: [{id: tide, text: x}]", "did you mean 'tide'?"), ("", "add it under `passages:`")],
)
def test_an_unknown_passage_is_found(passages: str, hint: str) -> None:
    head = SOUND.split("passages:")[0] + passages
    _, (found,) = parsed(f"{head}\nitems: [{{id: a, type: essay, stem: s, passage: tides}}]\n")
    assert (found.code, found.hint) == ("Q303", hint)


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "Q101"), ("# nothing\n", "Q101"), ("a text", "Q101"), ("- a\n- list", "Q101"), ("{}", "Q101"), ("[", "Q001")],
)
def test_a_file_without_keys_is_no_bank(content: str, code: str) -> None:
    file, found = parse(content, "bank.yaml")
    assert file is None
    assert code in codes(found)


@pytest.mark.parametrize(
    "head", ["", "article: x\n", "article: {id: a}\n", "article: {id: A, title: a, language: en}\n"]
)
def test_without_a_sound_article_there_is_no_bank_but_all_is_looked_at(head: str) -> None:
    file, found = parse(head + "items: [{id: a, type: essay}]\n", "bank.yaml")
    assert file is None
    assert len(found) >= 2
    assert found[-1].message == "'stem' is missing"


@pytest.mark.parametrize("items", ["", "items:\n", "items: []\n", "items: {}\n"])
def test_a_bank_without_items_says_so(items: str) -> None:
    _, found = parsed(SOUND.split("items:")[0] + items)
    assert codes(found) == ["Q112"]


@pytest.mark.parametrize(
    ("tag", "sound"),
    [
        ("en", True),
        ("zh-Hans", True),
        ("sr-Latn-RS", True),
        ("kir", True),
        ("english", False),
        ("e", False),
        ("en_US", False),
    ],
)
def test_a_language_is_a_tag(tag: str, sound: bool) -> None:
    file, found = parse(SOUND.replace("language: en", f"language: {tag}"), "bank.yaml")
    assert (file is not None) == sound
    assert codes(found) == ([] if sound else ["Q105"])


@pytest.mark.parametrize(
    ("url", "sound"),
    [("https://example.org/a?b=c", True), ("http://x", True), ("example.org", False), ("javascript:x", False),
     ("'https://a b'", False), ("'https://<b>'", False)],
)  # fmt: skip
def test_a_source_has_a_web_address(url: str, sound: bool) -> None:
    _, found = parse(SOUND.replace("language: en", f"language: en, source: {{title: Guide, url: {url}}}"), "bank.yaml")
    assert codes(found) == ([] if sound else ["Q125"])


# --- Files and folders ------------------------------------------------------------------------------------------


def bank_named(name: str) -> str:
    """A sound bank on another article."""
    return SOUND.replace("id: harbour", f"id: {name}")


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a.yml",
        "deep/er/c.yaml",
        "blueprints/d.yaml",
        "deep/blueprints/e.yaml",
        "f.yaxml",
        "g.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(bank_named(name[-6 if name[-5] == "." else -5]))
    bank, found = read([tmp_path])
    assert found == []
    assert [Path(file.file).name for file in bank.files] == ["a.yml", "b.yaml", "c.yaml"]


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SOUND)
    assert bank_paths([tmp_path / "a.yaml", tmp_path, tmp_path / "." / "a.yaml"]) == [tmp_path / "a.yaml"]


def test_files_come_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(bank_named(name[0]))
    bank, _ = read([tmp_path / "b.yaml", tmp_path / "a.yaml"])
    assert [file.article.id for file in bank.files] == ["b", "a"]


def test_two_articles_with_one_id_are_one_too_many(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SOUND)
    _, (found,) = read([tmp_path])
    assert (found.code, found.span.file, found.span.line) == ("Q108", str(tmp_path / "b.yaml"), 1)
    assert str(tmp_path / "a.yaml") in found.hint


def test_a_file_that_cannot_be_used_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("items: [")
    (tmp_path / "b.yaml").write_bytes(b"\xff")
    (tmp_path / "c.yaml").write_text(SOUND)
    bank, found = read([tmp_path, tmp_path / "none.yaml"])
    assert [file.article.id for file in bank.files] == ["harbour"]
    assert codes(found)[-2:] == ["Q009", "Q012"]


def test_the_size_of_a_bank_is_its_items() -> None:
    assert Bank().size == 0
    assert Bank((parsed(SOUND)[0], parsed(SOUND)[0])).size == 2


# --- Images -----------------------------------------------------------------------------------------------------


def draw(path: Path, kind: str, **more: Any) -> Path:
    """A small real image of this kind."""
    path.parent.mkdir(exist_ok=True)
    Pillow.new("RGB", (40, 30), "navy").save(path, kind, **more)
    return path


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_an_image_is_what_its_content_says(kind: str, media_type: str, tmp_path: Path) -> None:
    path = draw(tmp_path / "figure.dat", kind)
    image = read_image(tmp_path, "figure.dat")
    assert (image.media_type, image.width, image.height) == (media_type, 40, 30)
    assert image.content == path.read_bytes()


def test_a_photo_that_was_held_upright_is_read(tmp_path: Path) -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    draw(tmp_path / "photo.jpg", "JPEG", exif=exif)
    assert read_image(tmp_path, "photo.jpg").media_type == "image/jpeg"


def test_an_animation_is_read(tmp_path: Path) -> None:
    draw(tmp_path / "a.gif", "GIF", save_all=True, append_images=[Pillow.new("RGB", (40, 30), "red")])
    assert read_image(tmp_path, "a.gif").width == 40


def test_a_photo_with_a_second_picture_in_it_is_a_jpeg(tmp_path: Path) -> None:
    """As many phones take them; every browser shows the first picture."""
    draw(tmp_path / "photo.jpg", "MPO", save_all=True, append_images=[Pillow.new("RGB", (40, 30), "red")])
    assert read_image(tmp_path, "photo.jpg").media_type == "image/jpeg"


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PDF"])
def test_other_images_are_refused(kind: str, tmp_path: Path) -> None:
    draw(tmp_path / "figure.png", kind)
    with pytest.raises(ImageError, match="is not a PNG, JPEG, WebP or GIF image") as raised:
        read_image(tmp_path, "figure.png")
    assert raised.value.code == "Q122"


@pytest.mark.parametrize(
    "name", ["../figure.png", "/etc/passwd", "C:\\figure.png", "file:figure.png", "a\\b.png", "", "."]
)
def test_what_is_not_an_image_of_the_bank_s_folder_is_refused(name: str, tmp_path: Path) -> None:
    draw(tmp_path / "figure.png", "PNG")
    (tmp_path / "bank").mkdir()
    with pytest.raises(ImageError) as raised:
        read_image(tmp_path / "bank", name)
    assert raised.value.code == "Q121"


@contextmanager
def as_somebody() -> Iterator[Path]:
    """A folder, and a user who may not read everything: some run these tests as root, who may."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        user = os.geteuid()
        try:
            if user == 0:
                os.seteuid(65534)
            yield Path(folder)
        finally:
            os.seteuid(user)


def forbidden(path: Path, content: bytes) -> Path:
    """A file that only root may read."""
    user = os.geteuid()
    os.seteuid(os.getuid())
    path.write_bytes(content)
    path.chmod(0)
    os.seteuid(user)
    return path


def test_an_image_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    content = draw(tmp_path / "figure.png", "PNG").read_bytes()
    with as_somebody() as folder:
        forbidden(folder / "figure.png", content)
        with pytest.raises(ImageError, match="cannot be read") as raised:
            read_image(folder, "figure.png")
    assert (raised.value.code, raised.value.hint) == ("Q121", "look at its permissions")


def test_a_file_that_may_not_be_read_is_told_of() -> None:
    with as_somebody() as folder:
        (found,) = read([forbidden(folder / "bank.yaml", SOUND.encode())])[1]
    assert (found.code, found.message) == ("Q012", "the file cannot be read: permission denied")


EVERYWHERE = """article: {id: a, title: "A ![t](1.png)", language: en}
passages:
  - id: p
    heading: ![h](2.png)
    text: |
      ![p](deep/3.png) and ![p](2.png)
items:
  - id: choice
    type: multiple_choice
    stem: "![s](4.png)"
    answer: "![o](5.png)"
    distractors: ["![o](6.png)", {text: b, why: "![w](7.png)"}]
    rationale: "![r](8.png) ![r](8.png)"
  - {id: match, type: matching, stem: s, pairs: {a: "![m](9.png)", b: c}}
  - {id: tell, type: essay, stem: s, rubric: ["![c](10.png)"]}
"""


def test_images_are_read_wherever_they_are_shown_and_once(tmp_path: Path) -> None:
    for number in range(1, 11):
        draw(tmp_path / ("deep" if number == 3 else "") / f"{number}.png", "PNG")
    (tmp_path / "bank.yaml").write_text(
        EVERYWHERE.replace("heading: !", 'heading: "!').replace("(2.png)\n", '(2.png)"\n', 1)
    )
    bank, found = read([tmp_path])
    assert found == []
    names = {f"{number}.png" for number in (1, 2, *range(4, 11))}
    assert set(bank.files[0].images) == names | {"deep/3.png"}


def test_the_image_of_a_prompt_is_read(tmp_path: Path) -> None:
    draw(tmp_path / "1.png", "PNG")
    item = '{id: match, type: matching, stem: s, pairs: {"![m](1.png)": a, b: c}}'
    (tmp_path / "bank.yaml").write_text(f"article: {{id: a, title: b, language: en}}\nitems: [{item}]\n")
    bank, found = read([tmp_path])
    assert found == []
    assert set(bank.files[0].images) == {"1.png"}


def test_a_missing_image_is_told_of_once_and_where_it_is_named(tmp_path: Path) -> None:
    stem = "stem: '![a pier](pier.png) and ![a pier](pier.png)'"
    (tmp_path / "bank.yaml").write_text(SOUND.replace("stem: They float.", stem))
    bank, found = read([tmp_path])
    (missing,) = in_order(found)
    assert missing.code == "Q121"
    assert missing.span.source[missing.span.column - 1 :].startswith("pier.png")
    assert bank.files[0].images == {}


# --- Anything that is typed -------------------------------------------------------------------------------------

_wrong: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 2000), st.sampled_from(["", " ", "x", "{{x}}", "{{", "1e999", "![](a)"]),
    st.just([]), st.just({}), st.just([[]]), st.just([""]), st.just({"x": "y"}), st.just({"": ""}),
    st.just([{"text": {}}]), st.just("\\("), st.just({"text": ["x"]}), st.just(["a", "a"]),
    st.just({"text": "a", "pinned": "middle"}),
)  # fmt: skip


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every container of plain data with each of its keys or indices."""
    if isinstance(data, dict | list):
        for key in list(data) if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from places(data[key])


@st.composite
def slips(draw: st.DrawFn) -> dict[str, Any]:
    """A sound bank with a few values that were left out or are something else."""
    data: dict[str, Any] = json.loads(json.dumps(draw(bank_records())))
    for _ in range(draw(st.integers(1, 4))):
        found = list(places(data))
        if not found:
            break
        container, key = found[draw(st.integers(0, len(found) - 1))]
        action = draw(st.sampled_from(["drop", "replace", "rename", "copy"]))
        if action == "drop":
            del container[key]
        elif action == "rename" and isinstance(container, dict):
            container[draw(st.sampled_from(["x", "id", "text", "type", "", "answer", "pairs", "items"]))] = (
                container.pop(key)
            )
        elif action == "copy" and isinstance(container, list):
            container.append(json.loads(json.dumps(container[key])))
        else:
            container[key] = json.loads(json.dumps(draw(_wrong)))  # a copy: the next slip may be in it
    return data


@settings(max_examples=300)
@given(data=slips())
def test_a_bank_with_slips_is_a_bank_or_diagnostics_in_its_lines(data: dict[str, Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    file, found = parse(text, "slips.yaml")
    assert file is not None or has_errors(found)
    found += checks.check(Bank((file,))) if file else []
    lines = text.split("\n")
    for diagnostic in found:
        span = diagnostic.span
        assert span.file == "slips.yaml"
        assert span.source == lines[span.line - 1]
        assert 1 <= span.column <= len(span.source) + 1
        assert span.column < span.end <= len(span.source) + 2
        assert diagnostic.message


@given(data=bank_records())
def test_a_sound_bank_has_no_errors(data: dict[str, Any]) -> None:
    file, found = parsed(json.dumps(data))
    assert not has_errors(found + checks.check(Bank((file,))))
    assert len(file.items) == len(data["items"])
