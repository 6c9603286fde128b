"""Formulas in both media: what an author of school mathematics writes is set, whatever else is typed is refused."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from latex2mathml.symbols_parser import SYMBOLS

from quizgen.formula import COMMANDS, ENVIRONMENTS, MAX_LENGTH, FormulaError, to_mathml
from quizgen.render.media import Assets, Paper

# What a formula may be made of: MathML Core without links, scripts, styles and ids.
ELEMENTS = set(
    "math mrow mi mn mo mtext mspace msqrt mroot mfrac msup msub msubsup munder mover munderover mstyle mtable mtr mtd "
    "mpadded menclose mphantom".split()
)
DANGEROUS = re.compile(r"(?i)^(on.*|href|src|style|class|id|action.*|xlink.*)$")

# One small example for each command that is promised; the command itself where nothing more is needed.
EXAMPLES = {
    "frac": r"\frac{1}{2}", "dfrac": r"\dfrac{1}{2}", "tfrac": r"\tfrac{1}{2}", "binom": r"\binom{n}{k}",
    "sqrt": r"\sqrt[3]{x}", "left": r"\left(x\right)", "right": r"\left[x\right.", "middle": r"\left(x\middle|y\right)",
    "text": r"\text{if}", "textrm": r"\textrm{if}", "textbf": r"\textbf{if}", "textit": r"\textit{if}",
    "mathrm": r"\mathrm{m/s^2}", "mathbf": r"\mathbf{v}", "mathit": r"\mathit{v}", "mathbb": r"\mathbb{R}",
    "mathcal": r"\mathcal{L}", "mathsf": r"\mathsf{A}", "mathtt": r"\mathtt{x}", "mathfrak": r"\mathfrak{g}",
    "mathscr": r"\mathscr{F}", "boldsymbol": r"\boldsymbol{\alpha}", "operatorname": r"\operatorname{lcm}(a, b)",
    "overline": r"\overline{AB}", "underline": r"\underline{x}", "hat": r"\hat{x}", "bar": r"\bar{x}",
    "vec": r"\vec{v}", "dot": r"\dot{x}", "ddot": r"\ddot{x}", "tilde": r"\tilde{x}", "check": r"\check{x}",
    "breve": r"\breve{x}", "acute": r"\acute{x}", "grave": r"\grave{x}", "widehat": r"\widehat{ABC}",
    "widetilde": r"\widetilde{xyz}", "overrightarrow": r"\overrightarrow{AB}", "overleftarrow": r"\overleftarrow{AB}",
    "overset": r"\overset{!}{=}", "underset": r"\underset{x}{\max}", "stackrel": r"\stackrel{!}{=}",
    "overbrace": r"\overbrace{a+b}^{n}", "underbrace": r"\underbrace{a+b}_{n}", "boxed": r"\boxed{x}",
    "begin": r"\begin{matrix}a\end{matrix}", "end": r"\begin{cases}a\end{cases}", "limits": r"\sum\limits_{i=1}^n i",
    "nolimits": r"\sum\nolimits_{i=1}^n i", "displaystyle": r"\displaystyle\sum_i x",
    "textstyle": r"\textstyle\sum_i x", "quad": r"a\quad b", "qquad": r"a\qquad b", "bmod": r"a \bmod b",
    "pmod": r"a \equiv b \pmod{5}", "prime": r"f^\prime",
    "xrightarrow": r"A \xrightarrow{t} B", "xleftarrow": r"A \xleftarrow[s]{t} B", "lim": r"\lim_{x\to 0} x",
    "max": r"\max_i x_i",
}  # fmt: skip
SCHOOL = [
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}", r"\int_0^1 x^2\,dx = \frac13", r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
    r"E = mc^2", r"a \le b < c \ne d \ge e > f", r"f'(x) = 2x", r"f''(x)", r"\{1, 2, 3\} \subseteq \mathbb{N}",
    r"\sin^2\alpha + \cos^2\alpha = 1", r"50\,\%", r"9.81\,\mathrm{m/s^2}", r"\overline{AB} \parallel \overline{CD}",
    r"\left\{ x \in \mathbb{R} \mid x^2 < 2 \right\}", r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}\vec{x} = \vec{b}",
    r"|x| = \begin{cases} x & \text{if } x \ge 0 \\ -x & \text{otherwise} \end{cases}", r"x_{n+1}^{2}", r"{}^{14}_{6}C",
    r"\begin{align} a &= b \\ c &= d \end{align}", r"\$5 + \#3 \& \_", r"2\frac{1}{2}", r"1{,}5", r"90^\circ",
    r"\angle ABC \cong \triangle DEF", r"a : b = c : d", r"\lim_{h \to 0} \frac{f(x+h) - f(x)}{h}", r"\ln x, \log_2 8",
    r"P(A \cap B) = P(A) \cdot P(B \mid A)", "a~b", "Größe", "长度 = 5", r"\backslash",
    r"a \text{ und } b", r"x^{y^z}", "<", "/",
]  # fmt: skip


def drawn(tex: str) -> str:
    """The formula on paper, as the SVG that is drawn of it."""
    assets = Assets()
    for display in (False, True):
        Paper({}, assets).formula(tex, display=display)
    return [content.decode() for _, content in assets.files.values()][-1]


def words(mathml: str) -> str:
    """The text of a formula."""
    return "".join(ElementTree.fromstring(mathml).itertext())


def safe(mathml: str) -> bool:
    """Whether there is nothing in a formula but what a formula may be made of."""
    tree = ElementTree.fromstring(mathml)
    tags = {element.tag for element in tree.iter()}
    names = {name for element in tree.iter() for name in element.attrib}
    return tree.tag == "math" and tags <= ELEMENTS and not any(map(DANGEROUS.match, names))


def literal(tex: str) -> bool:
    """Whether a command is set as the letters of its name."""
    return "\\" in words(to_mathml(tex)).replace("\\", "", tex.count("\\backslash"))


# --- What is promised -------------------------------------------------------------------------------------------

COMMAND_EXAMPLES = [EXAMPLES.get(name, rf"\{name} x") for name in sorted(COMMANDS)]
ENVIRONMENT_EXAMPLES = [
    pytest.param(rf"\begin{{{name}}} a & b \\ c & d \end{{{name}}}") for name in sorted(ENVIRONMENTS)
]


def test_every_example_is_of_a_command() -> None:
    assert set(EXAMPLES) <= COMMANDS
    assert all(rf"\{name}" in tex for name, tex in zip(sorted(COMMANDS), COMMAND_EXAMPLES, strict=True))


@pytest.mark.parametrize("tex", [*COMMAND_EXAMPLES, *ENVIRONMENT_EXAMPLES, *SCHOOL])
def test_what_is_promised_is_set_on_screen_and_on_paper(tex: str) -> None:
    assert safe(to_mathml(tex))
    assert not literal(tex)
    assert "<symbol" in drawn(tex)


def test_every_symbol_is_set_on_screen_and_on_paper() -> None:
    """All names that latex2mathml knows for a character: some 2,900, so two hundred to a formula."""
    names = sorted(name for name in SYMBOLS if re.fullmatch(r"\\[A-Za-z]+", name))
    accents = {name for name in names if not alone(name)}
    assert all(alone(f"{name}{{x}}") for name in accents)
    plain = [name for name in names if name not in accents and name != r"\backslash"]
    assert len(plain) > 2500
    for start in range(0, len(plain), 100):
        tex = " ".join(plain[start : start + 100])[:MAX_LENGTH].rpartition(" ")[0]
        assert not literal(tex)
        assert "<symbol" in drawn(tex)


def alone(tex: str) -> bool:
    """Whether the formula can be set."""
    try:
        return bool(to_mathml(tex))
    except FormulaError:
        return False


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{1}{2}", "12"),
        ("a < b", "a<b"),
        (r"50\,\%", "50%"),
        (r"\text{if } x", "if\u00a0x"),
        (r"f'", "f′"),
        (r"\alpha\to\infty", "α→∞"),
        ("Größe", "Größe"),
        (r"\left(x\right.", "(x"),
    ],
)
def test_a_formula_has_the_text_that_was_meant(tex: str, text: str) -> None:
    assert words(to_mathml(tex)) == text


def test_a_formula_is_displayed_or_in_its_line() -> None:
    assert ElementTree.fromstring(to_mathml("x", display=True)).get("display") == "block"
    assert ElementTree.fromstring(to_mathml("x")).get("display") == "inline"


# --- What is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        ("", "the formula is empty"),
        (" \n", "the formula is empty"),
        ("x" * (MAX_LENGTH + 1), "the formula is longer than 2,000 characters"),
        ("{", "a brace has no partner"),
        ("x}", "a brace has no partner"),
        ("}{", "a brace has no partner"),
        (r"\{{", "a brace has no partner"),
        ("{" * 21 + "x" + "}" * 21, "more than 20 braces deep"),
        ("{" * 10_000, "the formula is longer than 2,000 characters"),
        ("{" * 999 + "}" * 999, "more than 20 braces deep"),
        (r"\href{javascript:x}{y}", r"'\href' is not a known command"),
        (r"\unicode{x3c}", r"'\unicode' is not a known command"),
        (r"\rule{1cm}{1cm}", r"'\rule' is not a known command"),
        (r"\hspace{100cm}", r"'\hspace' is not a known command"),
        (r"\class{x}{y}", r"'\class' is not a known command"),
        (r"\style{x}{y}", r"'\style' is not a known command"),
        (r"\def\x{y}", r"'\def' is not a known command"),
        (r"\newcommand{\x}{y}", r"'\newcommand' is not a known command"),
        (r"\color{red}x", r"'\color' is not a known command"),
        (r"\input{x}", r"'\input' is not a known command"),
        (r"a \(b", r"'\(' is not a known command"),
        (r"\begin{foo}x\end{foo}", "'foo' is not a known environment"),
        (r"\begin{matrix}x", r"\begin has no \end"),
        ("x\\", "a backslash with nothing after it"),
        (r"\frac{1}", "a command lacks one of its parts"),
        (r"\sqrt", "a command lacks one of its parts"),
        (r"\hat", "a command lacks one of its parts"),
        (r"\left(", "a command lacks one of its parts"),
        (r"\left( x", r"\left has no \right"),
        (r"x \right)", r"\left has no \right"),
        ("x^", "^ or _ lacks what it raises or lowers"),
        ("x_", "^ or _ lacks what it raises or lowers"),
        ("x_1_2", "two subscripts in a row: set braces"),
        ("x^1^2", "two superscripts in a row: set braces"),
        (r"\text{<script>alert(1)</script>}", r"'<', '>' and '&' cannot stand in \text{}"),
        (r"\text{<b>x</b>}", r"'<', '>' and '&' cannot stand in \text{}"),
        (r"\text{a & b}", r"'<', '>' and '&' cannot stand in \text{}"),
        (r"\text{a < b}", r"'<', '>' and '&' cannot stand in \text{}"),
        (r"\text{&nbsp;}", r"'<', '>' and '&' cannot stand in \text{}"),
    ],
)
def test_what_cannot_be_set_is_refused_in_an_author_s_words(tex: str, reason: str) -> None:
    with pytest.raises(FormulaError) as raised:
        to_mathml(tex)
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<!-- x -->}",
        r"\text{<?x?>}",
        r"\text{<mi>x</mi>}",
        r"\text{<![CDATA[x]]>}",
        r"\text{&lt;}",
        r"\end{matrix}",
        r"\end",
        r"\text{\alpha}",
        r"\text{\frac{1}{2}}",
        "50% of x",
    ],
)
def test_what_would_be_set_as_something_else_is_refused(tex: str) -> None:
    with pytest.raises(FormulaError):
        to_mathml(tex)


@pytest.mark.parametrize(("tex", "text"), [(r"\text{50\%}", "50%"), (r"\text{a\_b}", "a_b"), (r"\text{\$5}", "$5")])
def test_a_sign_in_a_text_is_the_sign(tex: str, text: str) -> None:
    assert words(to_mathml(tex)) == text


UNDRAWABLE = [
    "{}", r"\\", r"\text{}", r"\textbf{}", r"\text{<mi>x</mi>}", r"\medspace", r"\textstyle", r"\hat\displaystyle",
    r"\sqrt\displaystyle x", r"\boxed\textstyle", r"x^\displaystyle y", r"\frac1\displaystyle", r"\sqrt " * 300 + "x",
    r"\begin{matrix}\end{matrix}", r"\begin{align}\end{align}",
]  # fmt: skip


@pytest.mark.parametrize("tex", UNDRAWABLE)
def test_what_cannot_be_drawn_is_refused(tex: str) -> None:
    if alone(tex):
        assert "<svg" in drawn(tex)


@pytest.mark.parametrize(
    "tex",
    [
        pytest.param(opening * 9 + "xyxyxyxy" + closing * 9, id=opening)
        for opening, closing in [("{", "}"), ("x_{", "}"), (r"\frac{1}{", "}"), (r"\left(", r"\right)")]
    ],
)
def test_what_would_take_minutes_to_draw_is_refused(tex: str) -> None:
    with pytest.raises(FormulaError):
        to_mathml(tex)


# --- Anything that is typed -------------------------------------------------------------------------------------

_tokens = st.sampled_from([
    *(rf"\{name}" for name in sorted(COMMANDS)), *(rf"\{name}" for name in ",;!{}|%$#"),
    *(rf"\begin{{{name}}}" for name in sorted(ENVIRONMENTS)), *(rf"\end{{{name}}}" for name in sorted(ENVIRONMENTS)),
    *(rf"\{name}{{x}}" for name in ("frac", "sqrt", "text", "hat", "mathbb", "operatorname", "boxed", "overset")),
    "{", "}", "{x}", "{}", "[", "]", "(", ")", "|", "^", "_", "&", r"\\", "'", "~", " ", "x", "12", "+", "=", "<", ">",
    "-", r"\alpha", r"\sum", r"\left(", r"\right)", r"\right.", "é", "日", "😀", "<script>", "<!--", "-->", "&lt;",
    "]]>", "\n", r"\href", r"\unicode{x41}", '" onload="x', "\u202e", r"\text{a}", r"\text{ }",
])  # fmt: skip
anything = st.one_of(st.text(max_size=40), st.lists(_tokens, max_size=10).map("".join))


@settings(max_examples=400)
@given(tex=anything)
@example("\x00")
@example("\ufffe")
@example("\ud800")
@example("\x0c")
@example(r"\frac" * 300)
@example(r"\left(" * 300)
@example("x_" * 900)
@example("&" * 1000)
def test_anything_is_safe_mathml_or_refused_in_words(tex: str) -> None:
    if alone(tex):
        assert safe(to_mathml(tex))
    else:
        with pytest.raises(FormulaError, match=r"\A(?!.*(?:Error|Exception|mathml|line \d))['^%\\a-z2]"):
            to_mathml(tex)


@settings(max_examples=300)
@given(tex=anything)
@example(r"\text{}")
def test_what_is_set_on_screen_is_set_on_paper(tex: str) -> None:
    if alone(tex):
        assert "<svg" in drawn(tex)


@settings(max_examples=300)
@given(tex=anything)
@example(r"\end")
def test_no_command_is_set_as_the_letters_of_its_name(tex: str) -> None:
    if alone(tex):
        assert not literal(tex)
