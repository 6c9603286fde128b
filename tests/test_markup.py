"""What becomes of the marks of docs/bank.md, and of anything that a hostile or hasty author types instead."""

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from quizgen import markup
from quizgen.formula import FormulaError, to_mathml
from quizgen.markup import MAX_MARKS, faults, fold, images, to_html, to_plain

from .strategies import lines


class Plain:
    """A medium that shows what it is given, and can be read back."""

    def image(self, source: str, alt: str) -> str:
        return f'<img src="{escape(source)}" alt="{escape(alt)}">'

    def formula(self, tex: str, *, display: bool) -> str:
        return to_mathml(tex, display=display)

    def gap(self, number: int) -> str:
        return f'<input name="{number}">'


class Quiet(Plain):
    """A medium that does not look into formulas."""

    def formula(self, tex: str, *, display: bool) -> str:
        return f"<math>{escape(tex)}</math>"


def read(text: str, *, inline: bool = False, gaps: bool = False) -> Any:
    """The HTML of a text, parsed. Any: lxml's stubs are not strict."""
    return html.fromstring(f"<div>{to_html(text, Plain(), inline=inline, gaps=gaps)}</div>")


def outline(element: Any) -> str:
    """Elements with their texts, in brackets: what matters of the structure."""
    inside = (element.text or "") + "".join(outline(child) + (child.tail or "") for child in element)
    return f"[{element.tag} {inside.strip()}]"


def shape(text: str, *, inline: bool = False, gaps: bool = False) -> str:
    """The outline of a text, white space evened out."""
    root = read(text, inline=inline, gaps=gaps)
    whole = (root.text or "") + "".join(outline(child) + (child.tail or "") for child in root)
    return re.sub(r"\s+", " ", whole).strip()


def codes(text: str) -> list[str]:
    """What is found wrong in a text."""
    return [fault.code for fault in markup.faults(text)]


# --- Marks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "[p plain]"),
        ("*soft*", "[p [em soft]]"),
        ("_soft_", "[p [em soft]]"),
        ("**loud**", "[p [strong loud]]"),
        ("***both***", "[p [em [strong both]]]"),
        ("a_b_c and 2*3*4", "[p a_b_c and 2[em 3]4]"),
        ("5 * 3 * 2", "[p 5 * 3 * 2]"),
        ("`code`", "[p [code code]]"),
        ("`` a`b ``", "[p [code a`b]]"),
        ("`*not* soft`", "[p [code *not* soft]]"),
        (r"\*stars\*", "[p *stars*]"),
        (r"a\\b", r"[p a\b]"),
        ("one\n\ntwo", "[p one] [p two]"),
        ("one\n\n\n\ntwo", "[p one] [p two]"),
        ("one\ntwo", "[p one two]"),
        ("- one\n- two", "[ul [li one] [li two]]"),
        ("* one\n* two", "[ul [li one] [li two]]"),
        ("1. one\n2. two", "[ol [li one] [li two]]"),
        ("- one\n  - deep\n- two", "[ul [li one [ul [li deep]]] [li two]]"),
        ("before\n\n- one\n\nafter", "[p before] [ul [li one]] [p after]"),
        ("```\nx = 1\n```", "[pre [code x = 1]]"),
        ("~~~\nx < 1\n~~~", "[pre [code x < 1]]"),
        ("# not a heading", "[p # not a heading]"),
        ("> not a quotation", "[p > not a quotation]"),
        ("---", "[p ---]"),
        ("~~not struck~~", "[p ~~not struck~~]"),
        ("    not code", "[p not code]"),
        ("https://example.org", "[p https://example.org]"),
        ("<https://example.org>", "[p <https://example.org>]"),
        ("&amp; &copy; &#65;", "[p &amp; &copy; &#65;]"),
        ("**a** &amp;", "[p [strong a] &amp;]"),
        ("[not a link]", "[p [not a link]]"),
        ("[not]: https://example.org", "[p [not]: https://example.org]"),
        ("term\n: not a definition", "[p term : not a definition]"),
    ],
)
def test_marks_become_elements_and_nothing_else_does(text: str, expected: str) -> None:
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*soft* and **loud**", "[em soft] and [strong loud]"),
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("| no | table |", "| no | table |"),
        ("``` no fence", "``` no fence"),
        ("one\n\ntwo", "one two"),
    ],
)
def test_a_line_holds_no_blocks(text: str, expected: str) -> None:
    assert shape(text, inline=True) == expected


def test_a_list_starts_where_the_author_starts() -> None:
    (start,) = read("7. seven\n8. eight").xpath("//ol/@start")
    assert start == "7"
    assert read("0. nought").xpath("//ol/@start") == ["0"]
    assert read("1. one").xpath("//ol/@start") == []


TABLE = """| Length | Time | Note |
|:--|--:|:-:|
| 0.20 | *18.0* | `a` |
| 0.40 | 25.4 | |"""


def test_a_table_has_headings_cells_and_sides() -> None:
    table = read(TABLE)
    assert table.xpath("//table/@class") == ["data"]
    assert table.xpath("//th/text()") == ["Length", "Time", "Note"]
    assert set(table.xpath("//th/@scope")) == {"col"}
    assert table.xpath("//th/@class") == ["left", "right", "center"]
    assert table.xpath("//tbody/tr[1]/td/@class") == ["left", "right", "center"]
    assert [cell.text_content() for cell in table.xpath("//td")] == ["0.20", "18.0", "a", "0.40", "25.4", ""]
    assert table.xpath("//@style") == []


def test_a_table_without_sides_has_no_classes() -> None:
    table = read("| a |\n|---|\n| b |")
    assert (table.xpath("//td/@class"), table.xpath("//th/@class")) == ([], [])


# --- Lines and paragraphs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", ["", "*", "`"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江南\n水乡", "江南水乡"),
        ("江南\n  水乡", "江南水乡"),
        ("こんにちは\n世界", "こんにちは世界"),
        ("日本。\n東京", "日本。東京"),
        ("江南\nriver", "江南 river"),
        ("river\n江南", "river 江南"),
        ("the\nriver", "the river"),
    ],
)
def test_lines_are_joined_as_the_script_wants(text: str, expected: str, marks: str) -> None:
    """A mark in the text must make no difference: there are two ways through."""
    whole = read(f"{text} {marks}x{marks}").text_content()
    assert fold(whole) == f"{expected} x"


@pytest.mark.parametrize("marks", ["", "*"])
def test_korean_lines_are_joined_by_a_space(marks: str) -> None:
    assert fold(read(f"학교에\n갔다 {marks}x{marks}").text_content()) == "학교에 갔다 x"


def test_a_mark_beside_a_line_break_does_not_part_ideographs() -> None:
    assert fold(read("江**南**\n水乡").text_content()) == "江南水乡"


@pytest.mark.parametrize("marks", ["", "*"])
@pytest.mark.parametrize("empty", ["\n \n", "\n\t\n", "\n  \n  \n"])
def test_a_line_of_spaces_is_an_empty_line(empty: str, marks: str) -> None:
    assert shape(f"one{empty}{marks}two{marks}").count("[p") == 2


@pytest.mark.parametrize("marks", ["", "*"])
def test_two_spaces_at_the_end_of_a_line_break_it(marks: str) -> None:
    assert read(f"one  \n{marks}two{marks}").xpath("count(//br)") == 1


@given(text=lines)
def test_a_mark_far_away_changes_nothing(text: str) -> None:
    """Texts without marks take a shorter way; it must lead to the same place."""
    assume(not re.search(r"[\\`*_!\[{$|~]", text))
    for inline in (False, True):
        short, long = read(text, inline=inline), read(f"{text} **x**", inline=inline)
        assert fold(long.text_content()) == f"{fold(short.text_content())} x"


# --- Money and maths --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["$5", "from $5 to $10", "$", "US$ 5 and A$ 6", "a $x$ b", r"\$5", "100$"])
def test_a_lone_dollar_is_money(text: str) -> None:
    assert read(text).text_content().strip() == text.replace("\\", "")
    assert read(text).xpath("//math") == []
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "display"),
    [
        (r"\(x^2\)", "inline"),
        (r"so \(x^2\) it is", "inline"),
        ("$$x^2$$", "block"),
        ("$$\nx^2\n$$", "block"),
        ("before\n\n$$x^2$$\n\nafter", "block"),
        ("so $$x^2$$ it is", "inline"),
        ("- $$x^2$$", "block"),
    ],
)
def test_a_formula_alone_in_its_paragraph_is_displayed(text: str, display: str) -> None:
    (formula,) = read(text).xpath("//math")
    assert formula.get("display") == display
    assert formula.text_content() == "x2"


def test_marks_in_a_formula_are_the_formula_s() -> None:
    assert read(r"*a* \(x_1 * y_1 * z\) *b*").xpath("count(//em)") == 2
    assert read(r"\(a\)\(b\)").xpath("count(//math)") == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"a \(x", "Q124"),
        ("a $$x", "Q124"),
        ("a $$ b $$ c $$", "Q124"),
        (r"a \(x" + "\n\n" + r"b\)", "Q124"),
        (r"\(\frac{1}\)", "Q123"),
        (r"\(\)", "Q123"),
        ("$$\\nope$$", "Q123"),
        ("[a](guide.html)", "Q125"),
        ("[a](javascript:alert(1))", "Q125"),
        ("[a]( )", "Q125"),
        ("[a](//example.org)", "Q125"),
        ("[a](ftp://example.org)", "Q125"),
        ("[a](data:text/html,x)", "Q125"),
        ("[a](https://)", "Q125"),
        ("![](a.png)", "Q120"),
        ("![ ](a.png)", "Q120"),
        (r"- item \(x", "Q124"),
        ("| a |\n|---|\n| $$x |", "Q124"),
    ],
)
def test_what_cannot_be_set_is_a_fault(text: str, wanted: str) -> None:
    assert codes(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        r"a \\(x", r"`\(x`", "`$$`", "```\n\\(x $$\n```", "a ]( b", "[a](https://example.org)", "![b](a.png)",
        "[a](HTTPS://EXAMPLE.ORG)", r"\[x\]", r"\(x\)", r"![\(x\)](a.png)", r"!\[](a.png)",
    ],
)  # fmt: skip
def test_what_can_be_set_is_none(text: str) -> None:
    assert codes(text) == []


def test_every_fault_is_found_and_says_where() -> None:
    found = markup.faults(r"![](a.png) [b](c) \(\nope\) \(")
    assert [(fault.code, fault.text) for fault in found] == [
        ("Q120", "](a.png"),
        ("Q125", "c"),
        ("Q123", r"\nope"),
        ("Q124", r"\("),
    ]
    assert all(fault.message and fault.hint for fault in found)
    assert markup.faults("$$x")[0].hint.startswith("close it with $$")


@pytest.mark.parametrize("text", [r"so \(x < y", "so $$x < y"])
def test_a_formula_that_is_never_closed_is_shown_as_it_was_typed(text: str) -> None:
    assert read(text).text_content().strip() == text


@pytest.mark.parametrize("line", ["~~~ \\(\\frac{1}\\)", "``` \\(x", "~~~ ![a](pier.png)", "~~~ [a](b)"])
def test_a_line_is_judged_as_it_is_set(line: str) -> None:
    from quizgen.bank import parse

    content = f"article: {{id: a, title: '{line}', language: en}}\nitems: [{{id: b, type: essay, stem: c}}]\n"
    assert parse(content, "bank.yaml")[1] != [] or list(images(line)) != []


# --- Links and images -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["https://example.org/a?b=c&d=e", "http://example.org", "mailto:a@example.org"])
def test_a_link_leads_where_it_says(target: str) -> None:
    (link,) = read(f"see [the *guide*]({target}) there").xpath("//a")
    assert link.get("href") == target
    assert link.get("rel") == "noopener noreferrer"
    assert link.text_content() == "the guide"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html;base64,x", "vbscript:x", "file:///etc/passwd",
        "//example.org", "guide.html", "#", "java&#115;cript:x", " javascript:x", "x:https://example.org", "",
    ],
)  # fmt: skip
def test_a_link_to_anything_else_leads_nowhere(target: str) -> None:
    for element in read(f"see [the guide](<{target}>)").iter():
        assert not set(element.attrib) & {"href", "src"}
    assert "the guide" in read(f"see [the guide](<{target}>)").text_content()


def test_a_quote_in_a_target_stays_in_it() -> None:
    (link,) = read('[a](<https://example.org/"onclick="x>)').xpath("//a")
    assert set(link.attrib) == {"href", "rel"}
    assert link.get("href") == 'https://example.org/"onclick="x'


def test_an_image_has_its_name_and_its_words() -> None:
    (image,) = read("so ![the *old* pier, \\(x\\)](old%20pier.png) it is").xpath("//img")
    assert dict(image.attrib) == {"src": "old%20pier.png", "alt": "the old pier, x"}


def test_images_are_found_wherever_they_stand() -> None:
    text = "![a](1.png)\n\n- ![b](<2 b.png>)\n\n| ![c](3.png) |\n|---|\n| x |\n\n[![d](4.png)](https://example.org)"
    assert list(images(text)) == ["1.png", "2 b.png", "3.png", "4.png"]
    assert list(images("`![a](1.png)` and \\![a](1.png) and [a](1.png)")) == []


def test_an_image_in_the_words_of_an_image_is_words() -> None:
    (image,) = read("![a ![b](c.png) d](e.png)").xpath("//img")
    assert image.get("alt") == "a b d"


# --- Code -------------------------------------------------------------------------------------------------------

CODE = 'if x < 1 and "a" & b:\n    print("<b>")\n'


@pytest.mark.parametrize("language", ["python", "", "nosuchlanguage", "html", "<script>", "c++", "python title=x"])
def test_code_is_shown_to_the_letter(language: str) -> None:
    (code,) = read(f"```{language}\n{CODE}```").xpath("//pre[@class='code']/code")
    assert code.text_content() == CODE
    assert {child.tag for child in code} <= {"span"}


def test_code_in_a_known_language_is_coloured() -> None:
    spans = read(f"```python\n{CODE}```").xpath("//pre//span")
    assert {"if", "print"} <= {span.text for span in spans}
    assert all(set(span.attrib) == {"class"} for span in spans)


def test_empty_lines_around_code_stay() -> None:
    (code,) = read("```python\n\n\nx\n\n\n```").xpath("//code")
    assert code.text_content() == "\n\nx\n\n\n"


# --- Gaps -------------------------------------------------------------------------------------------------------


def test_gaps_are_gaps_only_in_a_cloze() -> None:
    text = "the {{1}} and **{{2}}** of\n\n- {{3}}"
    assert read(text, gaps=True).xpath("//input/@name") == ["1", "2", "3"]
    assert read(text, gaps=True).text_content().split() == ["the", "and", "of"]
    assert read(text).xpath("//input") == []
    assert "{{1}} and {{2}}" in read(text).text_content()


def test_a_gap_may_stand_in_the_words_of_a_link() -> None:
    assert read("[the {{1}}](https://example.org)", gaps=True).xpath("//a/input/@name") == ["1"]


@pytest.mark.parametrize("text", ["{{x}}", "{1}", "{{1}", "{{12345}}", "{{ 1 }}", r"\{{1}}", "`{{1}}`", "{{}}"])
def test_other_braces_are_no_gap(text: str) -> None:
    assert read(text, gaps=True).xpath("//input") == []


# --- Anything that is typed -------------------------------------------------------------------------------------

ALLOWED = {
    "div": set(), "p": set(), "em": set(), "strong": set(), "code": set(), "pre": {"class"}, "br": set(),
    "ul": set(), "ol": {"start"}, "li": set(), "table": {"class"}, "thead": set(), "tbody": set(), "tr": set(),
    "th": {"class", "scope"}, "td": {"class"}, "a": {"href", "rel"}, "span": {"class"}, "img": {"src", "alt"},
    "math": set(), "input": {"name"},
}  # fmt: skip
_hostile = st.sampled_from([
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onclick="x', "javascript:alert(1)", "</p>", "<!--",
    "<style>", "]]>", "<a href='x'>", "&lt;", "&#60;script>", "[a](javascript:x)", "[a](<https://x\" onx=\"y>)",
    '![a" onerror="x](b.png" onerror="x)', "```html\n<b>\n```\n", "```\"><script>\n", "`<b>`", "{{1}}", "{{<b>}}",
    "\\(x\\)", "\\(<b>\\)", "$$", "\\(", "| a |\n|---|\n| <b> |\n", "- ", "1. ", "*", "**", "_", "\n", "\n\n", "  \n",
    "[", "](", ")", "![", "<", ">", "&", '"', "'", "\\", "x", "日本", "\u2028", "~~~ <b>\n", "a|b\n:-:|-:\n<b>|c\n",
])  # fmt: skip
anything = st.one_of(st.text(max_size=60), st.lists(_hostile, max_size=12).map("".join))


@given(text=anything, inline=st.booleans(), gaps=st.booleans())
def test_anything_becomes_safe_html(text: str, inline: bool, gaps: bool) -> None:
    assume("\0" not in text)
    page = html.document_fromstring(f"<div>{to_html(text, Quiet(), inline=inline, gaps=gaps)}</div>")
    for element in list(page.iter())[2:]:  # after html and body
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ALLOWED[element.tag]
        assert re.match(r"https?://|mailto:", element.get("href", "https://"), re.IGNORECASE)
        assert element.get("class", "left") in ("left", "right", "center", "data", "code") or element.tag == "span"
        assert not (inline and element.tag in ("p", "ul", "ol", "li", "table", "pre"))


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=80))
def test_every_letter_of_a_text_without_marks_is_shown(text: str) -> None:
    assume(not re.search(r"[\\`*_!\[{$|~]|^\s*(?:[-+]|\d+[.)])\s", text))
    for inline in (False, True):
        shown = read(text, inline=inline).text_content()
        assert re.findall(r"\w+", shown) == re.findall(r"\w+", text)
    assert to_plain(text) == text


@given(text=st.lists(st.sampled_from(["<b>", "</b>", "<!-- x -->", "&", "<", ">", '"', "'", "x", " "])).map("".join))
def test_html_is_shown_as_it_was_typed(text: str) -> None:
    for marked in (text, f"{text} *y*"):
        assert fold(read(marked, inline=True).text_content()) == fold(marked.replace("*", ""))


@given(text=anything)
def test_a_text_without_faults_can_be_set(text: str) -> None:
    assume("\0" not in text and not markup.faults(text))
    assert isinstance(to_html(text, Plain()), str)


@given(text=anything)
def test_faults_are_found_in_what_is_set_and_only_there(text: str) -> None:
    """A text whose formulas cannot be set has faults: the page never finds out what the check did not."""
    try:
        to_html(text, Plain())
    except FormulaError:
        assert "Q123" in codes(text)


# --- Plain text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("*soft* and **loud** `code`", "soft and loud code"),
        (r"\*stars\* \(x^2\) $$y$$", "*stars* x^2 y"),
        ("[the *guide*](https://example.org) and ![a pier](p.png)", "the guide and a pier"),
        ("*one*\n\ntwo", "one\n\ntwo"),
        ("*one*\ntwo", "one\ntwo"),
        ("*one*  \ntwo", "one\ntwo"),
        ("- one\n- *two*", "one\n\ntwo"),
        ("```\nx = 1\n```", "x = 1"),
        ("| a | b |\n|---|---|\n| c | *d* |", "a b \n\nc d"),
        (r"so \(x", r"so \(x"),
    ],
)
def test_plain_text_has_the_words_without_the_marks(text: str, plain: str) -> None:
    assert re.sub(r"\n+", "\n", to_plain(text)) == re.sub(r"\n+", "\n", plain)


@pytest.mark.parametrize("sign", ["*", "![", "\\(", "- a\n", "a\n\n"])
def test_a_text_with_far_too_many_marks_is_told_so_and_left_as_it_is(sign: str) -> None:
    text = sign * (MAX_MARKS + 1)
    assert [fault.code for fault in faults(text)] == ["Q127"]
    assert to_plain(text) == text
    assert list(images(text)) == []


def test_a_text_may_have_many_marks() -> None:
    assert faults("*" * MAX_MARKS) == []
    assert [fault.code for fault in faults("*" * (MAX_MARKS + 1))] == ["Q127"]


@given(text=anything)
def test_plain_text_can_be_had_of_anything(text: str) -> None:
    assert "<p>" not in to_plain(text) or "<p>" in text


@given(first=lines, second=lines)
def test_two_paragraphs_keep_their_distance(first: str, second: str) -> None:
    assert (
        fold(to_plain(f"x {first}\n\nx {second}")) == f"{fold(to_plain(f'x {first}'))} {fold(to_plain(f'x {second}'))}"
    )


@given(text=st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert not re.search(r"\s\s|\n", fold(text))
