"""A teacher's own templates: they take the place of ours, and what is wrong in them is told with its place."""

import os
import pickle
from hashlib import sha256
from pathlib import Path

import pytest

from quizgen.assemble import assemble
from quizgen.bank import read
from quizgen.blueprint import Blueprint
from quizgen.bundled import QUESTION_BANK, TEMPLATES
from quizgen.diagnostics import Diagnostic, Severity
from quizgen.form import Form, Settings
from quizgen.render import pages
from quizgen.render.parts import templates as digests
from quizgen.render.template_check import faults, open_names
from quizgen.render.templating import TemplateFault, Templates, current, using

from .prints import needs_pango
from .rebuilt import Done, quizgen
from .test_fonts import font_with


@pytest.fixture(scope="module")
def form() -> Form:
    """Every item of the bank that comes with quizgen: all types."""
    return assemble(read([QUESTION_BANK])[0], Blueprint(quiz="own"), "seed", 1)[0][0]


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def booklet(form: Form, folder: Path | None) -> str:
    with using(Templates(folder)):
        return pages.booklet(form, Settings()).html


def run(*words: object) -> Done:
    return quizgen("templates", *words)


def places(found: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(Path(each.span.file).name, each.span.line, each.span.column) for each in found]


# --- Taking the place of ours ----------------------------------------------------------------------------------


def test_a_file_takes_the_place_of_ours_and_the_others_stay(form: Form, tmp_path: Path) -> None:
    ours = booklet(form, None)
    put(tmp_path, "foot.html.j2", '{% macro foot(head) %}<div class="foot">School No. 5</div>{% endmacro %}')
    put(tmp_path, "paper.css", "h1 { color: #123456; }")
    own = booklet(form, tmp_path)
    assert "School No. 5" in own
    assert "h1 { color: #123456; }" in own
    assert "--leading" in ours
    assert "--leading" not in own
    assert own.count('class="item"') == ours.count('class="item"') > 50
    assert booklet(form, None) == ours


def test_a_file_that_is_saved_again_is_read_again(form: Form, tmp_path: Path) -> None:
    for number, word in enumerate(("first", "second")):
        path = put(tmp_path, "foot.html.j2", f"{{% macro foot(head) %}}{word}{{% endmacro %}}")
        os.utime(path, ns=(number, number + 1))
        assert word in booklet(form, tmp_path)
    path.unlink()
    assert booklet(form, tmp_path) == booklet(form, None)


def test_templates_may_bring_parts_of_their_own(form: Form, tmp_path: Path) -> None:
    put(tmp_path, "booklet.html.j2", '{% include "school/motto.html.j2" %} {{ form.head.title }}')
    put(tmp_path, "school/motto.html.j2", "<p>{{ form.head.label }}, in truth</p>")
    assert booklet(form, tmp_path) == f"<p>{form.id and 'Form A'}, in truth</p> {form.title}"
    assert not faults(Templates(tmp_path))


def test_words_are_changed_one_by_one_and_a_language_can_be_added(tmp_path: Path) -> None:
    put(tmp_path, "words/en.toml", 'name = "Full name"\n')
    put(tmp_path, "words/ky.toml", 'name = "Аты-жөнү"\n')
    own, ours = Templates(tmp_path), Templates()
    assert own.words("en-GB") == {**ours.words("en"), "name": "Full name"}
    assert own.words("ky")["name"] == "Аты-жөнү"
    assert own.words("ky")["date"] == ours.words("en")["date"]
    assert own.words("he")["name"] == "\u2066Full name\u2069"


def test_ours_are_used_again_behind_the_context(tmp_path: Path) -> None:
    def fails() -> None:
        with using(Templates(tmp_path)):
            assert current() == Templates(tmp_path)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert current() == Templates()


def test_the_manifest_tells_which_templates_and_fonts_were_used(tmp_path: Path) -> None:
    own = put(tmp_path, "paper.css", "h1 { color: red; }").read_bytes()
    put(tmp_path, "motto.html.j2", "In truth")
    put(tmp_path, "notes.txt", "no part of a page")
    font_with(tmp_path / "house.ttf", "House", "ab")
    from quizgen.fonts import own_faces

    faces = own_faces(tmp_path, "ab")
    ours = digests(Settings())
    with using(Templates(tmp_path, faces)):
        now = digests(Settings())
    assert now["paper.css"] == sha256(own).hexdigest() != ours["paper.css"]
    assert now["own/house.ttf"] == sha256((tmp_path / "house.ttf").read_bytes()).hexdigest()
    assert set(now) - set(ours) == {"motto.html.j2", "own/house.ttf"}
    assert {name for name in ours if now[name] != ours[name]} == {"paper.css"}


# --- What is wrong ---------------------------------------------------------------------------------------------

_FAULTY = [
    ("{% if %}", 8, "this cannot be read as a template"),
    ("{% iff x %}", 4, "unknown tag 'iff'"),
    ("{{ form.head.title", 1, "this cannot be read as a template"),
    ("{{ forn.head }}", 4, "a template is given no 'forn'"),
    ("{{ form.head.titel }}", 14, "there is no 'titel' here"),
    ("{{ form.sets[0].items[0].shown.key }}", 32, "there is no 'key' here"),
    ("{{ form.__class__.__mro__ }}", 9, "a template may not do this"),
    ("{{ ''.__class__.__base__.__subclasses__() }}", 7, "a template may not do this"),
    ("{{ form.head.title | nofilter }}", 22, "no filter named 'nofilter'"),
    ("{{ 1 / 0 }}", 1, "this cannot be filled in"),
    ("{{ whole.block() }}", 1, "this cannot be filled in"),
    ("{{ ('x' * 9) | int + form }}", 1, "this cannot be filled in"),
    ('{% include "mine.j2" %}', 13, "there is no template 'mine.j2'"),
    ('{% include "/etc/passwd" %}', 13, "there is no template '/etc/passwd'"),
    ('{% include "../../../../../etc/passwd" %}', 13, "there is no template"),
    ('{% include "linked.j2" %}', 13, "there is no template 'linked.j2'"),
    ('{% include "booklet.html.j2" %}', 1, "a template that includes itself"),
    ("{% for n in range(10 ** 9) %}{% endfor %}", 1, "this cannot be filled in"),
]


@pytest.mark.parametrize(("line", "column", "message"), _FAULTY)
def test_a_fault_is_told_with_its_file_line_and_column(
    form: Form, tmp_path: Path, line: str, column: int, message: str
) -> None:
    folder = tmp_path / "own"
    put(tmp_path, "outside.j2", "secret")
    put(folder, "booklet.html.j2", f"<p>{{{{ form.head.title }}}}</p>\n\n{line}\n")
    (folder / "linked.j2").symlink_to(tmp_path / "outside.j2")
    with pytest.raises(TemplateFault) as caught:
        booklet(form, folder)
    found = caught.value.diagnostic
    assert (found.code, found.severity, Path(found.span.file)) == ("Q553", Severity.ERROR, folder / "booklet.html.j2")
    if line != "{{ form.head.title":  # what has no end is told where the file has
        assert (found.span.line, found.span.source) == (3, line)
    assert message in found.message
    assert "jinja" not in str(found).lower()
    if found.span.column != column:
        assert "cannot be read as a template" in message  # where the parser gave up


def test_a_fault_in_an_included_part_is_told_there(form: Form, tmp_path: Path) -> None:
    put(tmp_path, "items/essay.html.j2", "{% macro paper(item, set, words) %}\n\n  {{ item.nothing }}{% endmacro %}")
    with pytest.raises(TemplateFault) as caught:
        booklet(form, tmp_path)
    assert places([caught.value.diagnostic]) == [("essay.html.j2", 3, 11)]


def test_a_fault_comes_whole_out_of_another_process(form: Form, tmp_path: Path) -> None:
    put(tmp_path, "booklet.html.j2", "{{ nothing }}")
    with pytest.raises(TemplateFault) as caught:
        booklet(form, tmp_path)
    sent = pickle.loads(pickle.dumps(caught.value))
    assert (type(sent), sent.diagnostic, str(sent)) == (TemplateFault, caught.value.diagnostic, str(caught.value))
    assert "error[Q553]" in str(sent)


def test_a_fault_of_ours_is_not_told_as_the_teachers(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="undefined") as caught, using(Templates(tmp_path)):
        current().filled("booklet.html.j2")
    assert not isinstance(caught.value, TemplateFault)


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("paper.css", "h1 { color: red; }\n} h2", (2, 3), "this cannot be read as CSS"),
        ("paper.css", "h1 {}\nh2 { color: red; h3 }", (2, 20), "this cannot be read as CSS"),
        ("paper.css", "h1 {}\n\nh2 { color: red", (3, 1), "this has no end"),
        ("paper.css", '@import "other.css";', (1, 1), "@import needs another file"),
        ("paper.css", '@font-face { src: url("x.ttf") }', (1, 1), "@font-face needs another file"),
        ("screen.css", "p {\n  background: url(file:///etc/passwd) }", (2, 15), "url() names another file"),
        ("screen.css", '@media print { p { background: url("http://x.test/y.png") } }', (1, 32), "url() names"),
        ("key.css", "p {}\n</style><script>1</script>", (2, 1), "a style sheet that ends in the middle"),
        ("words/en.toml", 'name = "x"\ndate = ', (2, 1), "this cannot be read as TOML"),
        ("words/en.toml", "name = 3", (1, 1), "'name' is no text"),
        ("words/ky.toml", '\nnmae = "x"', (2, 1), "quizgen has no words called 'nmae'"),
        ("words/ky.toml", 'form = "F {number}"', (1, 11), "'form' is not told {number}"),
        ("items/cloze.html.j2", "a\n{% macro %}", (2, 1), "this cannot be read as a template"),
    ],
)
def test_a_folder_is_checked_without_a_form(
    tmp_path: Path, name: str, text: str, place: tuple[int, int], message: str
) -> None:
    put(tmp_path, name, text)
    found = faults(Templates(tmp_path))
    assert {(each.code, each.severity) for each in found} == {("Q553", Severity.ERROR)}
    assert message in found[0].message
    assert (found[0].span.line, found[0].span.column) == place


def test_what_cannot_be_read_as_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "paper.css").write_bytes(b"/* one */\n/* caf\xe9 */")
    (tmp_path / "key.css").symlink_to("/etc/passwd")
    (tmp_path / "screen.css").symlink_to("screen.css")
    put(tmp_path, "large.css", "x" * (2**20 + 1))
    found = {Path(each.span.file).name: each for each in faults(Templates(tmp_path))}
    assert found["paper.css"].message == "the file is not UTF-8"
    assert found["paper.css"].span.line == 2
    assert "leads out of the folder" in found["key.css"].message
    assert not found["key.css"].span.source
    assert "leads out of the folder, or nowhere" in found["screen.css"].message
    assert "larger than 1 MiB" in found["large.css"].message


def test_a_name_that_is_never_read_is_only_a_warning(tmp_path: Path) -> None:
    put(tmp_path, "papr.css", "h1 {}")
    put(tmp_path, "README.md", "nothing to say")
    put(tmp_path, ".hidden/paper.css", "}")
    (only,) = faults(Templates(tmp_path))
    assert (only.severity, only.message) == (Severity.WARNING, "quizgen never reads 'papr.css'")
    assert only.hint == "did you mean 'paper.css'?"


def test_no_file_outside_of_the_folder_is_ever_read(form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    put(tmp_path, "outside.css", "h1 { color: #bada55; }")
    folder.mkdir()
    (folder / "paper.css").symlink_to(tmp_path / "outside.css")
    assert "bada55" not in booklet(form, folder)
    assert Templates(folder).own("../outside.css") is None
    assert Templates(folder).own(str(tmp_path / "outside.css")) is None


def test_scripts_and_fonts_are_not_the_teachers(tmp_path: Path) -> None:
    put(tmp_path, "player/main.js", "alert(1)")
    assert Templates(tmp_path).read("player/main.js") == (TEMPLATES / "player/main.js").read_text()


# --- On the command line ---------------------------------------------------------------------------------------


def test_what_is_exported_is_sound_and_changes_nothing(form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "own"
    done = run("export", folder)
    assert done.code == 0, done.told
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {*open_names(), "README.md"}
    assert {"booklet.html.j2", "paper.css", "words/en.toml", "items/cloze.html.j2"} <= names
    assert not {name for name in names if name.startswith(("fonts", "preview", "sheet")) or name.endswith(".js")}
    readme = (folder / "README.md").read_text()
    assert all(name in readme or name.startswith(("items/", "editions/")) for name in open_names())
    assert not faults(Templates(folder))
    assert booklet(form, folder) == booklet(form, None)
    assert run("export", folder).code == 0


def test_only_what_is_named_is_exported(tmp_path: Path) -> None:
    assert run("export", tmp_path, "paper.css").code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"paper.css", "README.md"}
    wrong = run("export", tmp_path, "papr.css")
    assert (wrong.code, "did you mean 'paper.css'?" in wrong.told) != (0, False)


def test_what_a_teacher_changed_is_never_written_over(tmp_path: Path) -> None:
    path = put(tmp_path, "key.css", "h1 {}")
    done = run("export", tmp_path)
    assert done.code != 0
    assert "differs from ours" in done.told
    assert path.read_text() == "h1 {}"
    assert not (tmp_path / "paper.css").exists()


@needs_pango
def test_check_makes_a_form_of_the_templates(tmp_path: Path) -> None:
    run("export", tmp_path)
    assert run("check", tmp_path).code == 0
    style = put(tmp_path, "paper.css", (TEMPLATES / "paper.css").read_text() + "\nh1 { colr: red; }\n")
    path = tmp_path / "items" / "cloze.html.j2"
    path.write_text(path.read_text().replace("item.shown", "item.shwon"))
    done = run("check", tmp_path)
    assert done.code == 1
    assert f"{path}:" in done.told
    assert "there is no 'shwon' here" in done.told
    line = len(style.read_text().splitlines())
    assert f"{style}:{line}:6: warning[Q553]: paper does not know 'colr: red'" in done.told
    assert "Traceback" not in done.told
