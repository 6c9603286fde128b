"""What an author may write in a text: a Markdown subset with maths -> safe HTML, or plain text.

Markdown is read by markdown-it with every rule switched on by name; HTML in a text is shown as it was typed.
Two rules are ours: maths between `\\(` and `\\)` or between `$$` and `$$` (never a lone `$`, since `$5 ... $10` is
money), and the numbered gaps `{{1}}` of a cloze. How an image, a formula or a gap looks differs between screen
and paper, so the caller brings a `Medium`. A link to `line` cites the passage; where the words stand there only the
caller knows, who brings a `Citing`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup, escape

from .diagnostics import Fault
from .formula import FormulaError, to_mathml

_BLOCK_RULES = ["escape", "backticks", "emphasis", "link", "image", "newline", "list", "table", "fence"]
_LINE_RULES = ["escape", "backticks", "emphasis", "link", "image"]
_LINK = re.compile(r"(https?://|mailto:)[^\s]+\Z", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*_!\[{$|~]|^[ \t]*(?:[-+]|\d+[.)])\s|^[ \t]*$|  $", re.MULTILINE)
MAX_MARKS = 2_000
"""How many marks a text may have: a reader of Markdown takes a time that grows with their square."""
_SIGNS = "\\`*_![{$|~\n\r"
"""Every match of `_SPECIAL` has one of these, or begins or ends a line."""
_FALLIBLE = re.compile(r"\\\(|\$\$|!\[|\]\(")
_CJK = re.compile(  # written without spaces: not Hangul, which has them
    r"[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff9f\uffe0-\uffef\U00020000-\U0003ffff]"
)


class Medium(Protocol):
    """How a target shows what is not text."""

    def image(self, source: str, alt: str) -> str:
        """HTML for the image that the author calls `source`."""

    def formula(self, tex: str, *, display: bool) -> str:
        """HTML for the formula; `display` sets it on a line of its own."""

    def gap(self, number: int) -> str:
        """HTML for the gap with this number, from 1."""


Citing: TypeAlias = Callable[[str, bool], str]
"""Words of the passage -> where they stand, as a reader finds them: `line 12`; nothing where that is not known. The
second argument tells whether it is said beside the words, in brackets."""


def to_html(
    text: str, medium: Medium, *, inline: bool = False, gaps: bool = False, cited: Citing | None = None
) -> Markup:
    """The text as HTML that is safe to put in a page.

    `inline` gives phrasing content only, without paragraphs; `gaps` reads `{{1}}` as the first gap of a cloze.
    """
    if (plain := _unmarked(text, inline)) is not None:
        return plain
    reader, env = _reader(inline), {"medium": medium, "cited": cited}
    return Markup(reader.renderer.render(_parsed(text.strip(), inline, gaps), reader.options, env))  # noqa: S704 (it escapes)


@lru_cache(maxsize=8192)  # the forms of a class have the same texts
def _unmarked(text: str, inline: bool) -> Markup | None:
    """A text without marks as HTML, which is the same in every medium."""
    text = text.strip()
    if _marked(text):
        return None
    safe = escape(_unwrap(text))
    return safe if inline else Markup("<p>{}</p>\n").format(safe)


@lru_cache(maxsize=1024)
def _parsed(text: str, inline: bool, gaps: bool) -> list[Token]:
    """A text as tokens, which nobody changes."""
    reader = _reader(inline)
    return reader.parseInline(text, {"gaps": gaps}) if inline else reader.parse(text, {"gaps": gaps})


def to_plain(text: str, cited: Citing | None = None) -> str:
    """The words of a text without its marks; paragraphs, entries and cells keep their distance, a formula its TeX."""
    if not _marked(text):
        return text
    parts: list[str] = []
    for token in _tokens(text):
        if token.type == "inline":
            parts.extend(_words(token, cited))
        elif token.type == "fence":
            parts.append(token.content)
        if token.nesting <= 0 and token.block and token.type != "inline":
            parts.append(" " if token.type in ("td_close", "th_close") else "\n")
            parts.append("\n" if token.type == "paragraph_close" and not token.hidden else "")
    return "".join(parts).strip()


def fold(text: str) -> str:
    """The text with every run of white space as one space: how two wordings are compared."""
    return " ".join(text.split())


def images(text: str) -> Iterator[str]:
    """The files that the text shows, as the author names them."""
    if "![" in text and _marked(text):
        found = (token for inline in (False, True) for token in _inline_tokens(text, inline) if token.type == "image")
        yield from dict.fromkeys(str(token.attrs["src"]) for token in found)


def faults(text: str, *, inline: bool = False) -> list[Fault]:
    """What is wrong in a text: maths that cannot be set, an image without a text, a link that leads nowhere."""
    if _overloaded(text):
        return [Fault("Q127", f"the text has more than {MAX_MARKS:,} marks", hint="divide it, or show it as an image")]
    if not _FALLIBLE.search(text):
        return []
    found: list[Fault] = []
    for token in _inline_tokens(text, inline):
        if token.type == "formula":
            try:
                to_mathml(token.content.strip())
            except FormulaError as wrong:
                found.append(
                    Fault("Q123", str(wrong), hint="docs/bank.md says what can be set", text=token.content.strip())
                )
        elif token.type == "formula_open":
            hint = f"close it with {'$$' if token.content == '$$' else chr(92) + ')'}, or write \\ before it to show it"
            found.append(Fault("Q124", "the formula is never closed", hint=hint, text=token.content))
        elif token.type == "image":
            source = str(token.attrs["src"])
            if not "".join(_words(token)).strip():
                found.append(Fault("Q120", f"the image '{source}' has no text for those who cannot see it",
                                   hint=f"![what it shows]({source})", text=f"]({source}"))  # fmt: skip
        elif token.type == "link_open" and not (_cites(token) or _LINK.match(str(token.attrs["href"]))):
            target = str(token.attrs["href"])
            found.append(Fault("Q125", f"'{target}' is not a web or mail address",
                               hint="a link starts with https://, http:// or mailto:", text=target))  # fmt: skip
    return found


def _marked(text: str) -> bool:
    """Whether there are marks to be read; where there are too many, all count as they were typed."""
    return _SPECIAL.search(text) is not None and not _overloaded(text)


def _overloaded(text: str) -> bool:
    if len(text) <= MAX_MARKS or sum(map(text.count, _SIGNS)) + 2 <= MAX_MARKS:  # quick, and never too few
        return False
    return sum(1 for _ in _SPECIAL.finditer(text)) > MAX_MARKS


# --- Markdown -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _reader(inline: bool) -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False, "maxNesting": 20}, renderer_cls=_Renderer)
    reader.enable(_LINE_RULES if inline else _BLOCK_RULES)
    reader.inline.ruler.before("escape", "formula", _formula_rule)
    reader.inline.ruler.before("escape", "gap", _gap_rule)
    # The targets of links and images are judged by `faults` and by the bank's folder, not by markdown-it's own list.
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return reader


def _tokens(text: str) -> list[Token]:
    return _reader(False).parse(text)


def _inline_tokens(text: str, inline: bool = False) -> Iterator[Token]:
    for block in _reader(True).parseInline(text) if inline else _tokens(text):
        yield from block.children or ()


def count_gaps(text: str) -> int:
    """How many gaps of a text are shown as such."""
    blocks = _reader(False).parse(text, {"gaps": True})
    return sum(child.type == "gap" for block in blocks for child in block.children or ())


def _formula_rule(state: StateInline, silent: bool) -> bool:
    opener = state.src[state.pos : state.pos + 2]
    if opener not in ("\\(", "$$"):
        return False
    closer = "\\)" if opener == "\\(" else "$$"
    end = state.src.find(closer, state.pos + 2)
    if not silent:
        token = state.push("formula" if end >= 0 else "formula_open", "", 0)
        token.content = state.src[state.pos + 2 : end] if end >= 0 else opener
        token.markup = opener
    state.pos = end + 2 if end >= 0 else state.pos + 2
    return True


_GAP = re.compile(r"\{\{(\d{1,4})\}\}")


def _gap_rule(state: StateInline, silent: bool) -> bool:
    match = _GAP.match(state.src, state.pos)
    if not match or not state.env.get("gaps"):
        return False
    if not silent:
        state.push("gap", "", 0).meta = {"number": int(match[1])}
    state.pos = match.end()
    return True


def _words(token: Token, cited: Citing | None = None) -> Iterator[str]:
    """The text of an inline token's children."""
    for place, child in enumerate(token.children or ()):
        if child.type in ("text", "code_inline", "formula", "text_special", "formula_open"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "image":
            yield from _words(child)
        elif child.type == "link_close":
            yield _citation(token.children or (), place, cited) or ""


# --- Citing the passage -----------------------------------------------------------------------------------------

_QUOTED = " \"'“”„‟‘’‚‛«»‹›「」『』《》.,;:!?…"
"""What may stand round the words in a text that cites them and is not meant."""


def citations(text: str) -> Iterator[str]:
    """The words of the passage that the text cites; an empty text where it says no words."""
    if "](line" in text and _marked(text):
        found: dict[str, None] = {}
        for inline in (False, True):
            for block in _reader(True).parseInline(text) if inline else _tokens(text):
                children = block.children or ()
                closed = (place for place, child in enumerate(children) if child.type == "link_close")
                found |= {words: None for place in closed if (words := _cited(children, place)[0]) is not None}
        yield from found


def _cites(opened: Token) -> bool:
    return opened.attrs["href"] == "line"


def _cited(tokens: Sequence[Token], closed: int) -> tuple[str | None, bool]:
    """What the link that is closed here cites, if it cites; and whether it has a text of its own."""
    opened = next(place for place in range(closed, -1, -1) if tokens[place].type == "link_open")
    if not _cites(tokens[opened]):
        return None, True
    shown = fold("".join(" " if token.tag == "br" else token.content for token in tokens[opened:closed]))
    return fold(str(tokens[opened].attrs.get("title", ""))) or shown.strip(_QUOTED), bool(shown)


def _citation(tokens: Sequence[Token], closed: int, cited: Citing | None) -> str | None:
    """What stands at the end of a link that cites: where the words stand, or the words where they are not there yet."""
    words, beside = _cited(tokens, closed)
    if words is None:
        return None
    place = cited(words, beside) if cited and words else ""
    return place or ("" if beside else f"“{words}”")


def _unwrap(text: str) -> str:
    """A paragraph's lines joined: by a space, or by nothing between two ideographs."""
    lines = [line.strip() for line in text.split("\n")]
    return lines[0] + "".join(_joint(before, line) + line for before, line in pairwise(lines))


def join_lines(text: str) -> str:
    """The text as one line."""
    return fold(_unwrap(text.strip()) if "\n" in text else text)


def _joint(before: str, after: str) -> str:
    return "" if _CJK.match(before[-1:]) and _CJK.match(after[:1]) else "\n"


def _medium(env: Any) -> Medium:
    medium: Medium = env["medium"]
    return medium


class _Renderer(RendererHTML):
    """markdown-it's HTML, with what is ours: no `style` attributes (a strict page forbids them), and the medium."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return _medium(env).image(str(tokens[idx].attrs["src"]), "".join(_words(tokens[idx])))

    def formula(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        return _medium(env).formula(token.content.strip(), display=token.markup == "$$" and len(tokens) == 1)

    def formula_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return str(escape(tokens[idx].content))

    def gap(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return _medium(env).gap(tokens[idx].meta["number"])

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        before = next((tokens[n].content for n in range(idx - 1, -1, -1) if tokens[n].content), "")
        after = next((tokens[n].content for n in range(idx + 1, len(tokens)) if tokens[n].content), "")
        return _joint(before, after)

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        target = str(tokens[idx].attrs["href"])
        if _cites(tokens[idx]):
            return ""
        return f'<a href="{escape(target)}" rel="noopener noreferrer">' if _LINK.match(target) else "<a>"

    def link_close(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        citation = _citation(tokens, idx, env.get("cited"))
        return "</a>" if citation is None else str(escape(citation))

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        return f'<pre class="code"><code>{_highlight(token.content, token.info.strip())}</code></pre>\n'

    def table_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return '<table class="data">\n'

    def ordered_list_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        start = str(tokens[idx].attrs.get("start", "1"))
        return f'<ol start="{start[:6]}">\n' if start != "1" else "<ol>\n"

    def _cell(self, tag: str, token: Token) -> str:
        align = str(token.attrs.get("style", "")).removeprefix("text-align:")
        scope = ' scope="col"' if tag == "th" else ""
        return f'<{tag}{scope} class="{align}">' if align else f"<{tag}{scope}>"

    def th_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return self._cell("th", tokens[idx])

    def td_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return self._cell("td", tokens[idx])


def _highlight(code: str, language: str) -> str:
    if language:
        from pygments import highlight
        from pygments.formatters import HtmlFormatter
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound

        try:
            lexer = get_lexer_by_name(language, stripnl=False)
        except ClassNotFound:
            return str(escape(code))
        return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
    return str(escape(code))
