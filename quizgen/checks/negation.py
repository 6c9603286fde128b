"""The word of a stem by which what is wrong, or missing, is to be picked: which is *not*, all of these *except*."""

import re
from collections.abc import Iterator

from ..language import sentences
from .reading import Wording

_ANY = frozenset("""
    not never cannot no but except excepting excluding exception apart other least false untrue incorrect wrong
    inaccurate unlikely unsupported fail fails failed isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't
    didn't can't couldn't won't wouldn't shouldn't mustn't
""".split())  # fmt: skip
"""What every reversal has one of; most stems have none."""

_AUXILIARY = r"(?:is|are|was|were|be|been|has|have|had|do|does|did|can|could|will|would|shall|should|may|might|must)"
_SUBORDINATE = r"(?:that|who|whom|whose|which|what|when|where|why|how|because|if|unless|although|though|while|whether)"
_PREPOSITION = r"(?:in|on|at|of|from|for|to|by|with|under|about|against|between|into|during|among|after|before)"
_PREFACE = rf"(?:(?:{_PREPOSITION}|according|based|given|judging|when|if)\b[^?]*?,\s+)?"
_WRONG = r"(?:false|untrue|incorrect|wrong|inaccurate|unlikely|unsupported)"
_META = (
    r"(?:statement|sentence|claim|one|option|answer|word|item|reason|cause|fact|thing|conclusion|description|detail)s?"
)
_PICK = (
    rf"^{_PREFACE}(?:please )?(?:choose|pick|select|identify|find|tick|mark|name|circle|indicate|click on|cross out"
    r"|point out|spot|underline)"
)
_BLANK = r"[\s:.…_?–—-]*"
_DEGREE = r"(?:\s+(?:most|more|probably|clearly|definitely|likely|the|\w+ly))*"
_SAME_CLAUSE = rf"(?:(?!\b(?:{_SUBORDINATE}|he|she|it|they|we|you)\b)[^,;])*?"

_PHRASES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # all of these ... except
        r"\b(?:all|any|each|every|everything|everyone|everybody|both)\b.*\b(?P<word>except(?:ing)?|excluding)\b"
        rf"(?: for)?(?:{_BLANK}$|\s*:|\s+(?:the|an?){_BLANK}$"
        r"|\s+(?:one|which|what|who|whom|where|when|that|this|the following)\b)",
        r"\b(?:all|any|each|every|everything|everyone|everybody)\b.*"
        rf"\b(?P<word>exception of|apart from|other than){_BLANK}$",
        rf"\bone of (?:these|them|those|the following)\b[^,;]*?\b{_AUXILIARY} (?P<word>not)\b",
        r"\ball (?P<word>but) (?:one|which)\b",
        # least likely
        r"\b(?P<word>least) (?:likely|probabl[ey]|plausible|accurate|appropriate|suitable|consistent|relevant|helpful"
        r"|useful|effective|typical|similar|true|apt|fitting|convincing|important|well supported|supported)\b",
        # which is false
        rf"^{_PREFACE}(?:\w+ )?which\b(?:(?!\b{_SUBORDINATE}\b).)*\b(?:is|are|was|were|be|seems?){_DEGREE}"
        rf"\s+(?P<word>{_WRONG})\b(?: {_META}\b)?(?!\s+(?!about|in|of|to|according|for|here|on)\w)",
        # find the false statement; choose what is not so
        rf"{_PICK} (?:the|an?|all|every|each|any)(?: \w+)? (?P<word>{_WRONG}) {_META}\b",
        rf"{_PICK}\b.*?\b(?:that|which|who)\b{_SAME_CLAUSE}\b{_AUXILIARY}{_DEGREE}\s+(?P<word>not|never|{_WRONG})\b"
        r"(?!\s+(?:only|just|merely|simply|until|with)\b)",
        rf"{_PICK}\b.*?\b(?:that|which|who)\s+(?P<word>never|cannot|{_AUXILIARY}n['’]t)\b",
        rf"^{_PREFACE}which (?:of [\w\s]+? )?(?:is|are|was|were) (?:the|an?) (?:only )?{_META} (?:that|which)\b"
        rf"{_SAME_CLAUSE}\b{_AUXILIARY}{_DEGREE}\s+(?P<word>not|never|{_WRONG})\b",
        r"\b(?P<word>fail(?:s|ed)?) to (?:mention|explain|say|state|name)\b",
    )
]
_QUESTION = re.compile(
    rf"^{_PREFACE}(?:{_PREPOSITION} )?"
    rf"(?:(?:which|who|whom|whose)\b|what\b(?!\s+{_AUXILIARY}\b)"
    rf"|(?=what\s+(?:is|are|was|were)\s+(?:not|never)\b)what"
    rf"|(?=.*\b(?:author|passage|text|article|writer|report|paragraph|narrator|speaker|story)\b)what"
    rf"|(?=.*\b(?:mention|said|say|state|name|list|discuss|describe))what)(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_NEGATIVE = re.compile(
    rf"\b(?P<word>not(?!\s+(?:only|just|merely|simply|until)\b)|never|cannot|{_AUXILIARY}n['’]t|wo?n['’]t|can['’]t"
    r"|no(?=\s+(?:mention|support|evidence|basis|part|role|effect|influence|bearing|connection|answer|reason|sign)\b))(?!\w)",
    re.IGNORECASE,
)
_BREAK = re.compile(rf"\b{_SUBORDINATE}\b|[;:]|\b(?:he|she|it|they|we|i) {_AUXILIARY}\b", re.IGNORECASE)
_HAS_AUXILIARY = re.compile(rf"\b{_AUXILIARY}\b", re.IGNORECASE)
_ENDS_IN_AUXILIARY = re.compile(rf"\b{_AUXILIARY}\s+$", re.IGNORECASE)
_INVERTED = re.compile(rf"\b{_AUXILIARY}\s+(?:he|she|it|they|we|i)\s+$", re.IGNORECASE)
_TO = re.compile(r"\s+to\b", re.IGNORECASE)
_EMBEDDED = re.compile(r"\b(?:he|she|it|they|we|i|for|by|of|or|in|about|than|from|with|\w+s?['’]s?)\s+$", re.IGNORECASE)
_OPENED = re.compile(
    r"(?:when|if|because|as|while|since|although|though|without|after|before|why|how|where)\b", re.IGNORECASE
)
_TAIL = re.compile(
    rf"(?:(?!\b(?:{_SUBORDINATE}|so|as|since|until)\b)[^,;.?!]){{0,40}}{_BLANK}$|\s+(?:true|correct) that{_BLANK}$"
)
_INSIDE = re.compile(rf"\b(?:{_SUBORDINATE}|since)\b", re.IGNORECASE)
_UNMENTIONED = re.compile(
    r"\b(?P<word>not) (?:mentioned|stated|supported|named|listed|discussed|described|included|given|among|part of"
    r"|one of|an example|a reason|a cause)\b",
    re.IGNORECASE,
)


def reversing_word(stem: Wording) -> str:
    """The word that turns round what is to be picked, as it stands in a stem; nothing where there is none."""
    return "" if _ANY.isdisjoint(stem.words) else next(_reversing(stem.text), "")


def _reversing(text: str) -> Iterator[str]:
    unfinished = not text.rstrip("\"'”’) ").endswith((".", "?", "!"))
    parts = sentences(text)
    for number, sentence in enumerate(parts):
        for pattern in _PHRASES:
            if match := pattern.search(sentence):
                yield match["word"]
        if question := _QUESTION.match(sentence):
            yield from _negated(question["rest"])
        elif unfinished and number == len(parts) - 1 and not _OPENED.match(sentence):
            yield from _left_open(sentence)


def _negated(rest: str) -> Iterator[str]:
    """The negative of a question's own verb; not one in a clause inside of the question."""
    match = _NEGATIVE.search(rest)
    if match is None:
        return
    before, word = rest[: match.start()], match["word"].lower()
    if _BREAK.search(before) or (word != "no" and _EMBEDDED.search(before) and not _inverted(before)):
        return
    asked = _HAS_AUXILIARY.search(before) is not None
    infinitive = _TO.match(rest, match.end()) and not _ENDS_IN_AUXILIARY.search(before)  # decide not to go
    if word != "not" or (asked and not infinitive):
        yield match["word"]


def _inverted(before: str) -> bool:
    """Whether the verb stands before its subject, as it does in a question: did he not."""
    return _INVERTED.search(before) is not None


def _left_open(sentence: str) -> Iterator[str]:
    """The negative of a sentence that the options complete."""
    match = _NEGATIVE.search(sentence)
    if match and _TAIL.match(sentence, match.end()):
        before = sentence[: match.start()]
        if not _INSIDE.search(before):
            yield match["word"]
    if match := _UNMENTIONED.search(sentence):
        yield match["word"]
