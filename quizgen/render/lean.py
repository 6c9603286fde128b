"""Style sheets and scripts as small as they can be made without understanding them: a page carries its own.

A script is read as a row of tokens. Its own names become short ones, each name the same one wherever it stands, so no
scope has to be known. A name that is also that of a property somewhere is left alone. Statements must end with `;`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count, pairwise
from string import ascii_letters

# --- Style sheets -----------------------------------------------------------------------------------------------

_STYLE = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/|(\s+)""", re.DOTALL)


def lean_style(style: str) -> str:
    """The style sheet without comments, and without white space that means nothing."""
    bare = _STYLE.sub(lambda found: found[1] or " ", style)
    parts = re.split(r"""("[^"\n]*"|'[^'\n]*')""", bare)
    parts[::2] = [re.sub(r" ?([{};,]) ?", r"\1", re.sub(r" +", " ", part)).replace(": ", ":").replace(";}", "}") for part in parts[::2]]
    return "".join(parts).strip()


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


def lean_script(script: str) -> str:
    """The script with short names, and without comments and white space."""
    tokens = list(_tokens(script))
    roles = list(_roles(tokens))
    short = _short_names(tokens, roles)
    parts: list[str] = []
    before = " "
    for token in _fewer([_renamed(token, role, short) for token, role in zip(tokens, roles, strict=True)]):
        apart = (_wordy(before[-1]) and _wordy(token[0])) or (before[-1] == token[0] and token[0] in "+-")
        parts.append(f" {token}" if apart else token)
        before = token
    return "".join(parts)


def _renamed(token: str, role: str, short: dict[str, str]) -> str:
    if role == "both" and token in short:
        return f"{token}:{short[token]}"
    return short.get(token, token) if role == "name" else token


def _fewer(tokens: list[str]) -> Iterator[str]:
    """The tokens without those that mean nothing, or can be said in fewer signs."""
    declaring = [False]  # for each bracket that is open: is the statement a declaration that the next can be part of?
    alone = {at for at, token in enumerate(tokens) if token == "=>" and tokens[at - 1] == ")" and tokens[at - 3] == "(" and _wordy(tokens[at - 2][0])}
    unbraced = {at - 1 for at in alone} | {at - 3 for at in alone}
    last = ""
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if at in unbraced or (token == "," and after in (")", "]", "}")) or (token == ";" and after == "}"):
            continue
        written = {"const": "let", "true": "!0", "false": "!1"}.get(token, token) if last not in (".", "?.") else token
        if token == ";" and declaring[-1] and after in ("const", "let"):
            written = ","
        elif token in ("const", "let") and last == ",":
            continue
        elif token in ("const", "let"):
            declaring[-1] = True
        elif token == ";":
            declaring[-1] = False
        elif last in (";", "{", "}") and token not in (")", "]"):
            declaring[-1] = declaring[-1] and last != ";" and last != "{"
        if token[0] in ")]}" and len(declaring) > 1:
            declaring.pop()
        if token in ("(", "[", "{") or token.endswith("${"):
            declaring.append(False)
        yield written
        last = written


def _wordy(sign: str) -> bool:
    return sign.isalnum() or sign in "_$"


def _tokens(script: str) -> Iterator[str]:
    """Names, numbers, texts and signs. A template text is cut where something is filled in."""
    at, before, open_templates, depth = 0, "", [], 0
    while at < len(script):
        sign = script[at]
        if sign == "`" or (sign == "}" and open_templates and open_templates[-1] == depth):
            if sign == "}":
                open_templates.pop()
            end = _template_end(script, at + 1)
            token = script[at:end]
            if token.endswith("${"):
                open_templates.append(depth)
        elif sign == "/" and before in _BEFORE_REGEX and (regex := _REGEX.match(script, at)):
            token = regex[0]
        else:
            found = _TOKEN.match(script, at)
            assert found, script[at : at + 20]
            token = found[0]
            if found["space"]:
                at += len(token)
                continue
            depth += (token == "{") - (token == "}")
        yield token
        before, at = token, at + len(token)


def _template_end(script: str, at: int) -> int:
    """Where the text of a template ends: after its last sign, or where something is filled in."""
    while script[at] != "`":
        if script.startswith("${", at):
            return at + 2
        at += 2 if script[at] == "\\" else 1
    return at + 1


def _short_names(tokens: list[str], roles: list[str]) -> dict[str, str]:
    """A short name for each name that the script declares, the shortest for the most frequent."""
    declared = _declared(tokens)
    named = [token for token, role in zip(tokens, roles, strict=True) if role in ("name", "both")]
    used = Counter(token for token in named if token in declared)
    taken = (set(named) - declared) | _RESERVED
    free = (name for name in _names() if name not in taken)
    return dict(zip((name for name, _ in used.most_common()), free, strict=False))


def _names() -> Iterator[str]:
    for length in count(1):
        for number in range(len(ascii_letters) ** length):
            digits = [ascii_letters[number // len(ascii_letters) ** place % len(ascii_letters)] for place in range(length)]
            yield "".join(digits)


def _roles(tokens: list[str]) -> Iterator[str]:
    """What each token is: the `name` of something, that of a `property`, `both` where one stands for the other, or ""."""
    closers = _closers(tokens)
    around: list[str] = []
    for at, token in enumerate(tokens):
        before, after = tokens[at - 1] if at else "", tokens[at + 1] if at + 1 < len(tokens) else ""
        first = bool(around) and around[-1] == "{" and before in ("{", ",")
        if not re.match(r"[A-Za-z_$]", token):
            yield ""
        elif before in (".", "?.") or (first and after == ":"):
            yield "property"
        elif first and after == "(" and tokens[closers[at + 1] + 1] == "{":
            yield "property"
        else:
            yield "both" if first and after in (",", "}", "=") else "name"
        if token[0] in ")]}":
            around.pop()
        if token in ("(", "[", "{") or token.endswith("${"):
            around.append(token[-1] if len(token) == 1 else "$")


def _closers(tokens: list[str]) -> dict[int, int]:
    """Where what is opened here is closed again."""
    opened: list[int] = []
    found = {}
    for at, token in enumerate(tokens):
        if token[0] in ")]}":
            found[opened.pop()] = at
        if token in ("(", "[", "{") or token.endswith("${"):
            opened.append(at)
    return found


def _declared(tokens: list[str]) -> set[str]:
    """Names after const, let and function, and those of parameters."""
    openers = {closer: at for at, closer in _closers(tokens).items()}
    found: set[str] = set()
    for at, token in enumerate(tokens[:-1]):
        if token in ("const", "let", "function"):
            found |= _in_pattern(tokens, at + 1)
        elif token == "=>":
            found |= _identifiers(["", *tokens[openers.get(at - 1, at - 1) : at]])
        elif token == ")" and tokens[at + 1] == "{" and tokens[openers[at] - 1] not in ("if", "for", "while", "switch"):
            found |= _identifiers(tokens[openers[at] : at])  # parameters of a function or a method
    return found - _RESERVED


def _identifiers(tokens: list[str]) -> set[str]:
    """The names in a list of parameters, but for those that a default is taken from."""
    return {token for before, token in pairwise(tokens) if re.match(r"[A-Za-z_]", token) and before != "="}


def _in_pattern(tokens: list[str], at: int) -> set[str]:
    """The names that are declared here: one, or those of a pattern."""
    if tokens[at] not in ("[", "{"):
        return {tokens[at]}
    depth, found = 0, set()
    for token in tokens[at:]:
        depth += (token in ("[", "{")) - (token in ("]", "}"))
        if re.match(r"[A-Za-z_]", token):
            found.add(token)
        if not depth:
            break
    return found
