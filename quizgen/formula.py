"""TeX formula -> MathML that is safe to put in a page (MathML Core, https://www.w3.org/TR/mathml-core/).

latex2mathml does the reading. It passes what it does not know through as text and does not escape what stands in
`\\text{}`, so its output is checked against the elements and attributes that a formula may have, and written anew.
"""

import re
from functools import lru_cache
from xml.etree import ElementTree

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)|(.))", re.DOTALL)
_UPRIGHT_LETTER = re.compile(r"\\mathrm\s*\{\s*([A-Za-z])\s*\}")
_ENVIRONMENT = re.compile(r"\\(begin|end)(?![A-Za-z])\s*(?:\{([^}]*)\})?")
_MARKUP = re.compile(r"\\text(?:rm|bf|it)?(?![A-Za-z])[^}]*[<>&]")
_LONE_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
_ALIGNED = re.compile(r"\\(begin|end)\s*\{align(?:ed)?\}")
_ESCAPED = re.compile(r"\\([{}%$#&_ ])")
MAX_LENGTH = 2_000
MAX_WORK = 4_096

# Commands that are not symbols, each tried in both media. Left out on purpose: what sets sizes in centimetres
# (\rule, \hspace, \kern), what writes attributes (\href, \class, \style), and what defines (\def, \newcommand).
COMMANDS = frozenset("""
    frac dfrac tfrac binom sqrt left right middle text textrm textbf textit mathrm mathbf mathit mathbb mathcal mathsf
    mathtt mathfrak mathscr boldsymbol operatorname overline underline hat bar vec dot ddot tilde check breve acute
    grave widehat widetilde overrightarrow overleftarrow overset underset stackrel overbrace underbrace boxed begin end
    limits nolimits displaystyle textstyle quad qquad bmod pmod prime xrightarrow xleftarrow
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp lim liminf limsup max min sup inf
    gcd det dim ker deg arg hom Pr
""".split())  # fmt: skip
ENVIRONMENTS = frozenset("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix cases align align* aligned".split())
_SIGNS = frozenset(",;:! \\{}|%$#&_")

_ARITY = {"mfrac": 2, "msup": 2, "msub": 2, "mroot": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
_ELEMENTS = frozenset(_ARITY) | frozenset(
    "math mrow mi mn mo mtext mspace msqrt mstyle mtable mtr mtd mpadded menclose mphantom".split()
)
_TOKENS = frozenset("mi mn mo mtext".split())
_FILLED = frozenset("mtable mtr msqrt mstyle menclose".split())  # empty, they are a command without its parts
_ATTRIBUTES = frozenset("""
    accent accentunder align columnalign columnspacing columnlines rowspacing rowlines rowalign display displaystyle
    fence form largeop linebreak linethickness lspace rspace mathvariant maxsize minsize movablelimits notation
    scriptlevel separator stretchy symmetric width height depth
""".split())  # fmt: skip


class FormulaError(ValueError):
    """The formula cannot be set; the message says why, in an author's words."""


@lru_cache(maxsize=4096)
def to_mathml(tex: str, *, display: bool = False) -> str:
    """The formula as one `<math>` element.

    Raises `FormulaError` for what is not TeX, for a command that is not known, and for what MathML cannot hold.
    """
    _check_source(tex)
    from latex2mathml.converter import convert

    # latex2mathml does not know `aligned`, and would number the lines of `align`.
    tex = _ALIGNED.sub(r"\\\1{align*}", tex)
    try:
        # latex2mathml forgets that a single letter was to be upright, as the unit in `2 \mathrm{s}` is.
        written = convert(_UPRIGHT_LETTER.sub(r"\\text{\1}", tex), display="block" if display else "inline")
        tree = ElementTree.fromstring(written)  # noqa: S314 (written by latex2mathml, without a DOCTYPE)
    except ElementTree.ParseError:
        raise FormulaError("'<', '>' and '&' cannot stand in \\text{}") from None
    except Exception as problem:  # latex2mathml raises many kinds, IndexError among them
        raise FormulaError(_reason(problem)) from None
    for element in tree.iter():
        _check_element(element)
    if _work(tree) > MAX_WORK:
        raise FormulaError("the formula has too many parts inside each other")
    if not any((element.text or "").strip() for element in tree.iter()):
        raise FormulaError("the formula shows nothing")
    return ElementTree.tostring(tree, encoding="unicode", short_empty_elements=False)


def _check_source(tex: str) -> None:
    if not tex.strip():
        raise FormulaError("the formula is empty")
    if len(tex) > MAX_LENGTH:
        raise FormulaError(f"the formula is longer than {MAX_LENGTH:,} characters")
    depth = deepest = 0
    for brace in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += (brace == "{") - (brace == "}")
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth or deepest > 20:
        raise FormulaError("a brace has no partner" if depth else "more than 20 braces deep")
    if _LONE_BACKSLASH.search(tex):
        raise FormulaError("a backslash with nothing after it")
    for word, sign in _COMMAND.findall(tex):
        if (word and not _known(word)) or (sign and sign not in _SIGNS):
            raise FormulaError(f"'\\{word or sign}' is not a known command")
    if _COMMENT.search(tex):
        raise FormulaError("% starts a comment: write \\%")
    if _MARKUP.search(tex):
        raise FormulaError("'<', '>' and '&' cannot stand in \\text{}")
    _check_environments(tex)


def _check_environments(tex: str) -> None:
    opened: list[str] = []
    for kind, name in _ENVIRONMENT.findall(tex):
        if name not in ENVIRONMENTS:
            raise FormulaError(f"'{name}' is not a known environment")
        if kind == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise FormulaError("\\end has no \\begin")
    if opened:
        raise FormulaError("\\begin has no \\end")


def _known(command: str) -> bool:
    if command in COMMANDS:
        return True
    from latex2mathml.symbols_parser import convert_symbol

    return convert_symbol(f"\\{command}") is not None


def _work(element: ElementTree.Element, times: int = 1, depth: int = 0) -> int:
    """How much work it is to draw: ziamath lays every group out twice, so what is in n groups 2**n times."""
    if depth > 60:
        return MAX_WORK + 1
    times *= 2 if element.tag in ("mrow", "mtable") else 1
    return sum(_work(child, times, depth + 1) for child in element) or times


def _check_element(element: ElementTree.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    if element.tag not in _ELEMENTS or (element.tag in _TOKENS and len(element)):
        raise FormulaError("'<', '>' and '&' cannot stand in \\text{}")
    if len(element) != _ARITY.get(element.tag, len(element)):
        raise FormulaError("a command lacks one of its parts")
    if element.tag in _FILLED and not len(element):
        raise FormulaError("a command lacks one of its parts")
    if element.tag == "mtext":
        element.text = _ESCAPED.sub(r"\1", element.text or "")
        if not element.text:
            raise FormulaError("\\text{} is empty")
    if "\\" in (text := element.text or "") and (element.tag == "mtext" or text != "\\"):
        raise FormulaError("a command stands where only words can")
    for name in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[name]


_REASONS = {
    "ExtraLeftOrMissingRightError": "\\left has no \\right",
    "MissingEndError": "\\begin has no \\end",
    "NoAvailableTokensError": "a command lacks one of its parts",
    "MissingSuperScriptOrSubscriptError": "^ or _ lacks what it raises or lowers",
    "DoubleSubscriptsError": "two subscripts in a row: set braces",
    "DoubleSuperscriptsError": "two superscripts in a row: set braces",
}


def _reason(problem: Exception) -> str:
    return _REASONS.get(type(problem).__name__, "the formula cannot be read as TeX")
