"""Style sheets and scripts as small as they can be made without understanding them: a page carries its own.

A style sheet loses the rules for what its page does not have. A script is read as a row of pieces: names, numbers,
texts and signs. Its own names become short ones: those that a statement declares within itself by themselves, all
others the same wherever they stand, so no scope has to be known. What that relies on, as all of
`templates/player/` is written:

- Every statement ends with `;`, and what stands in texts and templates is never a name of the script.
- Names are declared by `const`, `let`, `function` and lists of parameters; there are no classes, labels or `var`.
- What is destructured is named as it is or renamed by `:`; its defaults are not names of the script.
- No name begins with `$text`, and nothing called `document`, `null` or another of `_FIXED` is declared or a shorthand.
- A constant is not assigned to, for `const` becomes `let`; a method of an object has its body right after its list.
- Properties keep their names: those after a dot, and those before a colon in braces.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, pairwise
from string import ascii_letters

# --- Style sheets -----------------------------------------------------------------------------------------------

_STYLE = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/|(\s+)""", re.DOTALL)
_TEXT = r""""[^"\n]*"|'[^'\n]*'"""
_RULE = re.compile(rf"((?:{_TEXT}|[^{{}}\"'])+)\{{((?:{_TEXT}|[^{{}}\"'])*)\}}")
_INSIDE = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_VALUE = re.compile(r"""="([a-z]+)"]""")
_APART = re.compile(rf"({_TEXT})| ([>+~]) ")
_OWN = r"(?<![\w-])--[\w-]+"
"""A property of the style sheet's own."""


def lean_style(style: str, names: frozenset[str] | None = None) -> str:
    """The style sheet without comments, and without white space and zeros that mean nothing; its properties of its own
    have short names.

    Where the `names` of its page are given, its elements and classes, rules for others are left out.
    """
    bare = _STYLE.sub(lambda found: found[1] or " ", style)
    own = dict.fromkeys(re.findall(_OWN, bare))
    short = {name: f"--{letters}" for name, letters in zip(own, _names(), strict=False)}
    parts = re.split(f"({_TEXT})", bare)
    parts[::2] = [_lean_rules(part, short) for part in parts[::2]]
    lean = "".join(parts).strip()
    if names is None:
        return lean
    lean = _RULE.sub(lambda rule: _rule_for(names, rule[1], rule[2]), lean)
    return re.sub(r"@(?:media|container|supports)[^{}]*\{\}", "", lean)


def _lean_rules(rules: str, short: dict[str, str]) -> str:
    rules = re.sub(r" ?([{};,]) ?", r"\1", re.sub(r" +", " ", rules)).replace(": ", ":").replace(";}", "}")
    rules = re.sub(r"(?<=[ :,(-])0(?=\.\d)", "", rules)
    return re.sub(_OWN, lambda found: short[found[0]], rules)


def _rule_for(names: frozenset[str], selectors: str, declarations: str) -> str:
    """The rule with those of its selectors that can fit on the page; nothing where none can."""
    if selectors.startswith("@") or ";" in selectors:  # a font, a page; or a rule within a rule
        return f"{selectors}{{{declarations}}}"
    fitting = ",".join(selector for selector in _split(selectors) if _needed(selector) <= names)
    fitting = _VALUE.sub(r"=\1]", _APART.sub(r"\1\2", fitting))
    return f"{fitting}{{{declarations}}}" if fitting else ""


def _split(selectors: str) -> list[str]:
    """The selectors of a list, whose commas may stand in brackets, too."""
    parts, depth = [""], 0
    for sign in selectors:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _needed(selector: str) -> set[str]:
    """The elements and classes that a page must have for the selector to fit: those outside of brackets."""
    while (without := _INSIDE.sub("", selector)) != selector:
        selector = without
    return set(re.findall(r"(?<![\w:#-])[A-Za-z_][\w-]*", selector))


# --- Markup -----------------------------------------------------------------------------------------------------

_LINE_END = re.compile(
    r"(?<=>)\n+(?=</?(?:article|blockquote|details|div|fieldset|footer|h[1-6]|header|label|legend|li|main|ol|p|section"
    r"|summary|t[dhr]|table|tbody|thead|ul)\b)|(?<=\n)\n+(?=<)"
)
_QUOTED = re.compile(r'="([\w-]+)"(?=>|\s[^<>]*>)')


def lean_markup(markup: str) -> str:
    """The markup without ends of lines and quotes that mean nothing. No value of an attribute stands in `'`."""
    return lean_text(_LINE_END.sub("", markup))


def lean_text(markup: str) -> str:
    """The same of a text alone, whose lines stay as they are."""
    return _QUOTED.sub(r"=\1", markup).replace("&#39;", "'")


# --- Scripts ----------------------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<other>\d[\w.]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|=>|\.\.\.|\?\.|\*\*|\+\+|--|[^\s\w])""",
    re.DOTALL | re.VERBOSE,
)
_REGEX = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
_BEFORE_REGEX = set("(,=:[!&|?{};") | {"=>", "return", ""}
_RESERVED = set(
    "async await break case catch class const continue default delete do else export extends false finally for "
    "function if in instanceof let new null of return static super switch this throw true try typeof undefined "
    "var void while yield".split()
)  # fmt: skip


_FIXED = ("document", "null", "Object", "JSON", "Date")
"""What is the same wherever it stands, and may be called by another name."""


def lean_script(script: str) -> str:
    """The script with short names, and without comments and white space."""
    pieces = _abbreviated(list(_pieces(script)))
    roles = list(_roles(pieces))
    parts: list[str] = []
    before = " "
    for piece in _fewer(_renamed(pieces, roles)):
        apart = (_wordy(before[-1]) and _wordy(piece[0])) or (before[-1] == piece[0] and piece[0] in "+-")
        parts.append(f" {piece}" if apart else piece)
        before = piece
    return "".join(parts)


@lru_cache(maxsize=8)
def words_in_texts(script: str) -> frozenset[str]:
    """All words that stand in a script's texts, among which are the elements and classes that it makes."""
    texts = (piece for piece in _pieces(script) if piece[0] in "\"'`}")
    return frozenset(word for text in texts for word in re.findall(r"[A-Za-z][\w-]*", text))


def _abbreviated(pieces: list[str]) -> list[str]:
    """The pieces, where what is often written out has the name of a constant instead; these come first."""
    written = [_as_text(pieces, at) for at in range(len(pieces))]
    saved = {text: times * (len(text) - 3) - len(text) - 5 for text, times in Counter(filter(None, written)).items()}
    constants = {text: f"$text{number}" for number, text in enumerate(text for text in saved if saved[text] > 0)}
    found: list[str] = []
    for name, text in zip(constants.values(), constants, strict=True):
        found += ["const", name, "=", text, ";"]
    for piece, text in zip(pieces, written, strict=True):
        if text not in constants:
            found.append(piece)
        elif piece == text:
            found.append(constants[text])
        else:
            found[-1:] = ["[", constants[text], "]"]
    return found


def _as_text(pieces: list[str], at: int) -> str:
    """A text or what never changes, or the property after a dot as a text; "" where no name can take its place."""
    piece = pieces[at]
    if at and pieces[at - 1] == ".":
        return f'"{piece}"'
    is_key = at and pieces[at - 1] in ("{", ",") and pieces[at + 1 : at + 2] == [":"]
    return piece if (piece[0] == '"' or piece in _FIXED) and not is_key else ""


def _fewer(pieces: list[str]) -> Iterator[str]:
    """The pieces without those that mean nothing, or can be said in fewer signs."""
    declaring = [False]  # for each bracket that is open: is the statement a declaration that the next can be part of?
    alone = {
        at
        for at, piece in enumerate(pieces)
        if piece == "=>" and pieces[at - 1] == ")" and pieces[at - 3] == "(" and _wordy(pieces[at - 2][0])
    }
    unbraced = {at - 1 for at in alone} | {at - 3 for at in alone}
    last = ""
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if at in unbraced or (piece == "," and after in (")", "]", "}")) or (piece == ";" and after == "}"):
            continue
        written = {"const": "let", "true": "!0", "false": "!1"}.get(piece, piece) if last not in (".", "?.") else piece
        if piece == ";" and declaring[-1] and after in ("const", "let"):
            written = ","
        elif piece in ("const", "let") and last == ",":
            continue
        elif piece in ("const", "let"):
            declaring[-1] = True
        elif piece == ";":
            declaring[-1] = False
        elif last in (";", "{", "}") and piece not in (")", "]"):
            declaring[-1] = declaring[-1] and last != ";" and last != "{"
        if piece[0] in ")]}" and len(declaring) > 1:
            declaring.pop()
        if _opens(piece):
            declaring.append(False)
        yield written
        last = written


def _opens(piece: str) -> bool:
    return piece in ("(", "[", "{") or piece.endswith("${")


def _wordy(sign: str) -> bool:
    return sign.isalnum() or sign in "_$"


def _pieces(script: str) -> Iterator[str]:
    """Names, numbers, texts and signs. A template text is cut where something is filled in."""
    at, before, open_templates, depth = 0, "", list[int](), 0
    while at < len(script):
        sign = script[at]
        if sign == "`" or (sign == "}" and open_templates and open_templates[-1] == depth):
            if sign == "}":
                open_templates.pop()
            end = _template_end(script, at + 1)
            piece = script[at:end]
            if piece.endswith("${"):
                open_templates.append(depth)
        elif sign == "/" and before in _BEFORE_REGEX and (regex := _REGEX.match(script, at)):
            piece = regex[0]
        else:
            found = _TOKEN.match(script, at)
            assert found, script[at : at + 20]
            piece = found[0]
            if found["space"]:
                at += len(piece)
                continue
            depth += (piece == "{") - (piece == "}")
        yield piece
        before, at = piece, at + len(piece)


def _template_end(script: str, at: int) -> int:
    """Where the text of a template ends: after its last sign, or where something is filled in."""
    while script[at] != "`":
        if script.startswith("${", at):
            return at + 2
        at += 2 if script[at] == "\\" else 1
    return at + 1


def _renamed(pieces: list[str], roles: list[str]) -> list[str]:
    """The pieces with a short name for each name that the script declares, the shortest for the most frequent.

    Names that a statement declares within itself are known there alone, so others may have the same short ones.
    """
    statements = list(_statements(pieces))
    named = [piece if role in ("name", "both") else "" for piece, role in zip(pieces, roles, strict=True)]
    common = {name for start, end in statements for name in _declared_outside(pieces[start:end])}
    inside = [_declared(pieces[start:end]) - common for start, end in statements]
    foreign = set(_RESERVED)
    for (start, end), own in zip(statements, inside, strict=True):
        foreign |= set(named[start:end]) - common - own
    short = _shortest(Counter(name for name in named if name in common), foreign)
    found: list[str] = []
    for (start, end), own in zip(statements, inside, strict=True):
        here = Counter(named[start:end])
        taken = foreign | {short[name] for name in here if name in short}
        known = short | _shortest(Counter({name: here[name] for name in here if name in own}), taken)
        for piece, role in zip(pieces[start:end], roles[start:end], strict=True):
            changed = piece in known and role in ("name", "both")
            found.append(piece if not changed else f"{piece}:{known[piece]}" if role == "both" else known[piece])
    return found


def _shortest(used: Counter[str], taken: set[str]) -> dict[str, str]:
    free = (name for name in _names() if name not in taken)
    return dict(zip((name for name, _ in used.most_common()), free, strict=False))


def _statements(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Where the statements of the script begin and end; what has no `;` after it is of one with the next."""
    depth = start = 0
    for at, piece in enumerate(pieces):
        depth += _opens(piece) - (piece[0] in ")]}")
        if piece == ";" and not depth:
            yield start, at + 1
            start = at + 1
    yield start, len(pieces)


def _declared_outside(pieces: list[str]) -> set[str]:
    """The names that a statement declares for all others, and not within blocks or functions of its own."""
    depth, found = 0, set[str]()
    for at, piece in enumerate(pieces):
        if piece in ("const", "let", "function") and not depth:
            found |= _in_pattern(pieces, at + 1)
        depth += _opens(piece) - (piece[0] in ")]}")
    return found


def _names() -> Iterator[str]:
    for length in count(1):
        for number in range(len(ascii_letters) ** length):
            digits = [
                ascii_letters[number // len(ascii_letters) ** place % len(ascii_letters)] for place in range(length)
            ]
            yield "".join(digits)


def _roles(pieces: list[str]) -> Iterator[str]:
    """What each piece is: the `name` of something, that of a `property`, `both` in one, or nothing of these."""
    closers = _closers(pieces)
    around: list[str] = []
    for at, piece in enumerate(pieces):
        before, after = pieces[at - 1] if at else "", pieces[at + 1] if at + 1 < len(pieces) else ""
        first = bool(around) and around[-1] == "{" and before in ("{", ",")
        if not re.match(r"[A-Za-z_$]", piece):
            yield ""
        elif before in (".", "?.") or (first and after == ":"):
            yield "property"
        elif first and after == "(" and pieces[closers[at + 1] + 1] == "{":
            yield "property"
        else:
            yield "both" if first and after in (",", "}", "=") else "name"
        if piece[0] in ")]}":
            around.pop()
        if _opens(piece):
            around.append(piece[-1] if len(piece) == 1 else "$")


def _closers(pieces: list[str]) -> dict[int, int]:
    """Where what is opened here is closed again."""
    opened: list[int] = []
    found = {}
    for at, piece in enumerate(pieces):
        if piece[0] in ")]}":
            found[opened.pop()] = at
        if _opens(piece):
            opened.append(at)
    return found


def _declared(pieces: list[str]) -> set[str]:
    """Names after const, let and function, and those of parameters."""
    openers = {closer: at for at, closer in _closers(pieces).items()}
    found: set[str] = set()
    for at, piece in enumerate(pieces[:-1]):
        if piece in ("const", "let", "function"):
            found |= _in_pattern(pieces, at + 1)
        elif piece == "=>":
            found |= _identifiers(["", *pieces[openers.get(at - 1, at - 1) : at]])
        elif piece == ")" and pieces[at + 1] == "{" and pieces[openers[at] - 1] not in ("if", "for", "while", "switch"):
            found |= _identifiers(pieces[openers[at] : at])  # parameters of a function or a method
    return found - _RESERVED


def _identifiers(pieces: list[str]) -> set[str]:
    """The names in a list of parameters, but for those that a default is taken from."""
    return {piece for before, piece in pairwise(pieces) if re.match(r"[A-Za-z_]", piece) and before != "="}


def _in_pattern(pieces: list[str], at: int) -> set[str]:
    """The names that are declared here: one, or those of a pattern."""
    if pieces[at] not in ("[", "{"):
        return {pieces[at]}
    depth, found = 0, set()
    for piece in pieces[at:]:
        depth += (piece in ("[", "{")) - (piece in ("]", "}"))
        if re.match(r"[A-Za-z_]", piece):
            found.add(piece)
        if not depth:
            break
    return found
