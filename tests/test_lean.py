"""Style sheets, markup and scripts made small: what they mean stays, and so does every text in a script."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.bundled import TEMPLATES
from quizgen.form import Screen, Settings
from quizgen.render.lean import lean_markup, lean_script, lean_style
from quizgen.render.screen import _PARTS, quiz_page

from .browsers import IN_CHROMIUM, Browsers, Engine, browsers
from .test_page import form_of
from .test_responses import KEY

__all__ = ["browsers"]

# --- Scripts ----------------------------------------------------------------------------------------------------

PROGRAMS = {
    "a regular expression": 'const found = "a/b//c".replace(/[/"\\]]+/g, "-").match(/\\w-(\\w)/); return found[1];',
    "division": "const whole = 12; const half = whole / 2 / 3; return half / 1;",
    "a template in a template": "const name = 'x'; const text = `a ${name + `b ${name} {`} }c`; "
    "return text + `${name}`;",
    "a name within a template": "const name = 'x'; return `name ${name} $name {name} \\` \\${name}`;",
    "defaults": "const usual = 3; const sum = ({ one = 1, other = usual } = {}, last = usual) => one + other + last; "
    "return [sum(), sum({ one: 5 }, 0)];",
    "destructuring": "const { one, two: { three }, ...rest } = { one: 1, two: { three: 3 }, four: 4 }; "
    "const [first, , last = one] = [7, 8]; return [one, three, rest, first, last];",
    "shorthand": "const one = 1; const made = { one, 'two': 2, three: one, [`f${one}`]: one }; return made;",
    "methods": "const base = 2; const thing = { add(value) { return value + base; }, twice(value) "
    "{ return thing.add(value) * 2; } }; return thing.twice(base);",
    "arrows": "const twice = (value) => value * 2; const pair = (one, other) => ({ one, other }); "
    "const none = () => {}; return [twice(3), pair(1, 2), none() === undefined, [1, 2].map((one) => -one)];",
    "chains": "const told = { name: null }; return [told.name ?? 'none', told?.name?.length, told?.[`name`], "
    "told.name ? .5 : 1];",
    "numbers": "const many = 1e3; const list = [0x1f, 1.50, .5, 5..toString(), many.toFixed(1), 10 ** 2]; return list;",
    "comments": "const text = '// no /* comment */'; /* a 'comment */ // another \"\n return text + \"/*\";",
    "signs": "let value = 1; const other = value++ + +value; const less = value - -1; return [value, other, less];",
    "one name in two places": "const find = (name) => { const found = name + 1; return found; }; "
    "const seek = (found) => { const name = found * 2; return find(name); }; return [find(1), seek(2)];",
    "a name of the browser's that is one's own elsewhere": "const own = ((name) => name)(1); "
    "const theirs = ((title) => typeof name + typeof title)(2); return [own, theirs];",
    "blocks": "let sum = 0; for (const [key, value] of Object.entries({ a: 1, b: 2 })) { if (value > 1) sum += value; "
    "else { const more = key.length; sum += more; } } while (sum < 9) sum += 1; return sum;",
    "a failure": "const outcome = []; try { throw new Error('x'); } catch (problem) { outcome.push(problem.message); } "
    "finally { outcome.push(true); } return outcome;",
    "functions used before they stand": "const early = later(2); function later(value) { return value + 1; } "
    "return early;",
    "constants in turn": "const one = 1; const two = one + 1; let three; three = two; const four = three; return four;",
    "what is often written": "const list = ['a']; const long = (text) => ({ 'long text': text })['long text']; "
    "return [list.includes('a'), list.includes('long text'), "
    'list.includes("long text") ? "long text" : "long text", '
    'list.includes("long text"), null, null, null, null, list.includes(`long text`), long("long text"), '
    '{ "long text": "long text" }];',
    "properties named as names": "const data = { data: { length: 1 }, words: 2 }; const { words } = data; "
    "data.words = 5; return [data.data.length, words, data.words];",
}


@IN_CHROMIUM
def test_a_short_script_does_the_same(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text("<!DOCTYPE html><title>x</title>", encoding="utf-8")
    with browsers.tab(engine, path) as page:
        for name, program in PROGRAMS.items():
            told, short = (page.evaluate(f"() => {{ {text} }}") for text in (program, lean_script(program)))
            assert short == told, name
            assert told not in (None, [])


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\\r\n"), max_size=30)


@given(st.lists(st.tuples(st.sampled_from("\"'`/"), TEXTS), max_size=6, unique=True))
def test_texts_stay_as_they_are(parts: list[tuple[str, str]]) -> None:
    """Texts of every kind, whatever stands in them: names, signs, comments."""
    written = [quote + _inside(text, quote) + quote for quote, text in parts]
    short = lean_script("".join(f"const name = [{text}];\n" for text in written))
    for text in written:
        assert f"[{text}]" in short
        short = short.replace(f"[{text}]", "", 1)


def _inside(text: str, quote: str) -> str:
    """The text as it may stand between these quotes."""
    text = text.replace(quote, "\\" + quote).replace("${", "$")
    if quote != "/":
        return text
    return "x" + re.sub(r"[\[\]]", "", text)


COMBINED = list(product(("exam", "practice"), (True, False), (True, False), ("tides", "japanese")))


@IN_CHROMIUM
@pytest.mark.parametrize(("mode", "timer", "sealed", "name"), COMBINED)
def test_every_script_runs(
    browsers: Browsers, engine: Engine, tmp_path: Path, mode: str, timer: bool, sealed: bool, name: str
) -> None:
    """The script of every mode with and without the parts that not every page needs, up to the check of the answers."""
    screen = Screen(timer=timer, recipients=(KEY.public.point,) if sealed else ())
    path = tmp_path / "quiz.html"
    path.write_bytes(quiz_page(form_of(name), Settings(mode=mode, screen=screen)))
    with browsers.tab(engine, path) as page:
        page.wait_for_selector("html[data-ready]")
        if timer and page.locator("main.view:visible button").count():
            page.locator("main.view:visible button").click()
        page.locator(".bar .main").click()
        page.wait_for_selector("main.view:visible")
        assert page.locator(".movable").count() == (name == "tides")


def test_all_parts_are_sent_by_some_page() -> None:
    assert sorted(_PARTS) == sorted(path.stem for path in (TEMPLATES / "player").glob("*.js"))


# --- Style sheets and markup ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "short"),
    [
        ("a { color: red; }  /* x */\n b { margin: 0 0.5rem; }", "a{color:red}"),
        (".here, .gone { top: 0; } .gone a { top: 0 }", ".here{top:0}"),
        (
            ":is(.gone, .gone) .here:not(.gone, a), [x='a, b']{top:0}",
            ":is(.gone,.gone) .here:not(.gone,a),[x='a, b']{top:0}",
        ),
        ("@media print { .gone { top: 0; } .here > a { top: 0; } }", "@media print{.here>a{top:0}}"),
        ("@media print { .gone { top: 0; } }", ""),
        ('[lang="en"] .here { top: 0 }', "[lang=en] .here{top:0}"),
        ("@page { margin: 1cm; } @font-face { src: url(x) }", "@page{margin:1cm}@font-face{src:url(x)}"),
        ('.here::before { content: "} .gone { a + b"; }', '.here::before{content:"} .gone { a + b"}'),
        ('[title="a + b"] + a { top: 0 }', '[title="a + b"]+a{top:0}'),
        (":root { --long: 1; } * { top: var(--long); }", ":root{--a:1}*{top:var(--a)}"),
        (".here { top: 0; &.gone { top: 1px; } .gone { left: 0 } }", ".here{top:0;&.gone{top:1px}}"),
    ],
)
def test_a_style_sheet_has_the_rules_that_its_page_needs(style: str, short: str) -> None:
    assert lean_style(style, frozenset({"a", "here"})) == short


def test_markup_loses_no_text_and_no_value() -> None:
    written = (
        '<p class="a b" id="c" title="">x="y" z</p>\n\n'
        '<ul>\n<li><b>a</b>\n<i lang="en">b</i></li>\n</ul>\n<pre>a\n\nb</pre>'
    )
    short = '<p class="a b" id=c title="">x="y" z</p><ul><li><b>a</b>\n<i lang=en>b</i></li></ul>\n<pre>a\n\nb</pre>'
    assert lean_markup(written) == short
    assert lean_markup('<img alt="a > b=" src="data:x">') == '<img alt="a > b=" src="data:x">'
    assert lean_markup('<mspace width="a"/><i id="b" />') == '<mspace width="a"/><i id=b />'
