"""Response files against the build that they answer: which can be graded, and why the others cannot.

Every file is judged by itself, then all together. A bad file hides no other, and their order does not matter.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ..diagnostics import Diagnostic, Span, error, note, warning
from ..form import FormRecord, Manifest
from ..identity import token
from .answers import fitted
from .keys import PrivateKey
from .response_file import Claims, NotAResponse, OpenFile, Payload, SealedFile, Student, parse, parse_payload, receipt
from .sealing import SealBrokenError, opened


@dataclass(frozen=True)
class Submission:
    """What a candidate handed in, and what of it the form can have."""

    file: str
    receipt: str
    sealed: bool
    form: FormRecord
    attempt: str
    student: Student
    """The candidate whose form it is; where forms are nobody's, whatever was typed."""
    answers: Mapping[int, tuple[str, ...]]
    """Number of an item -> letters, or what each of its fields has; items without an answer are not there."""
    claims: Claims

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return sum(any(text.strip() for text in given) for given in self.answers.values())


@dataclass(frozen=True)
class Desk:
    """What is needed to judge responses: the build, the keys that open, and whether unsealed ones may be taken where
    sealed ones were asked for."""

    told: Manifest
    keys: tuple[PrivateKey, ...] = ()
    allow_unsealed: bool = False

    def opened(self, files: Iterable[tuple[str, bytes]]) -> tuple[list[Submission], list[Diagnostic]]:
        """The responses that can be graded, by form and student, and what is wrong with all files (name, content)."""
        sound, found = self.each(files)
        kept, wrong = together(sound)
        return kept, [*found, *wrong]

    def each(self, files: Iterable[tuple[str, bytes]]) -> tuple[list[Submission], list[Diagnostic]]:
        """The same, each judged by itself alone."""
        found: list[Diagnostic] = []
        sound: list[Submission] = []
        for name, content in files:
            try:
                submission, wrong = self._one(name, content)
                sound.append(submission)
                found += wrong
            except NotAResponse as problem:
                found.append(error(problem.code, problem.message, Span(name), problem.hint))
        return sound, found

    def _one(self, name: str, content: bytes) -> tuple[Submission, list[Diagnostic]]:
        file = parse(content)
        form = self._form(file)
        inside = self._payload(file)
        if (inside.quiz, inside.digest, inside.form, inside.attempt) != file.header[1:]:
            raise NotAResponse("Q703", "it says another thing outside than inside", _AGAIN)
        student = self._student(form, inside)
        answers, wrong = answers_of(form, inside.answers, Span(name), _BY_HAND)
        return Submission(
            name, receipt(content), file.sealed, form, file.attempt, student, answers, inside.claims
        ), wrong

    def _form(self, file: SealedFile | OpenFile) -> FormRecord:
        if file.quiz != self.told.quiz_id:
            raise NotAResponse("Q704", f"a response to another quiz than '{self.told.title}'", "name its own manifest")
        form = next((form for form in self.told.forms if form.id == file.form), None)
        if form is None:
            raise NotAResponse("Q706", f"this build has no form '{file.form}'", "name the manifest that has the form")
        if form.digest != file.digest:
            hint = "name the manifest of the build that the student had; keep one of each build that you give out"
            raise NotAResponse("Q705", f"form '{file.form}' was another one when this was answered", hint)
        return form

    def _payload(self, file: SealedFile | OpenFile) -> Payload:
        text = self._unsealed(file) if isinstance(file, SealedFile) else self._in_the_open(file)
        try:
            return parse_payload(text)
        except ValueError as problem:
            hint = "ask the student for a new file; a page that was changed may have written this one"
            raise NotAResponse("Q702", f"what was handed in cannot be read: {problem}", hint) from None

    def _unsealed(self, file: SealedFile) -> bytes:
        fingerprints = [each.id for each in file.recipients]
        names = " and ".join(fingerprints)
        if not self.keys:
            raise NotAResponse("Q708", f"sealed for {names}, and there is no key", "name the private key: --key FILE")
        mine = next((key for key in self.keys if key.public.fingerprint in fingerprints), None)
        if mine is None:
            given = " and ".join(key.public.fingerprint for key in self.keys)
            raise NotAResponse("Q707", f"sealed for {names}, not for {given}", "name the other private key: --key FILE")
        try:
            text = opened(file.content(), file.header, mine)
        except (SealBrokenError, ValueError):
            raise NotAResponse("Q703", "it was changed after it was sealed, or damaged", _AGAIN) from None
        assert text is not None
        return text

    def _in_the_open(self, file: OpenFile) -> bytes:
        if self.told.settings.screen.recipients and not self.allow_unsealed:
            hint = "ask why; take it with --allow-unsealed if you know whom it is from"
            raise NotAResponse("Q709", "it is not sealed, though this quiz seals its responses", hint)
        if not file.whole:
            raise NotAResponse("Q703", "it was changed after it was handed in, or damaged", _AGAIN)
        return file.body.encode()

    def _student(self, form: FormRecord, inside: Payload) -> Student:
        """Who it is from. A personal page proves itself by its token, which no other page has."""
        if form.candidate is None:
            return Student(id=_line(inside.student.id), name=_line(inside.student.name))
        person = form.candidate
        assert self.told.quiz_id is not None
        right = token(self.told.seed, self.told.quiz_id, person.id)
        if not hmac.compare_digest((inside.token or "").encode(), right.encode()):
            what = "has the token of another page" if inside.token else "has no token"
            raise NotAResponse("Q710", f"it says that it is from '{person.id}', and {what}", _WHOSE)
        if inside.student.id not in ("", person.id):
            said = inside.student.id
            raise NotAResponse(
                "Q710", f"it is from the page of '{person.id}', and says that it is from '{said}'", _WHOSE
            )
        return Student(id=person.id, name=person.name)


def _line(typed: str) -> str:
    """What somebody typed, on one line that is not too long."""
    return " ".join(typed.split())[:_LONGEST]


_LONGEST = 200
_NAMED = 5
"""So many answers that cannot be are named of one response, and so many other files."""
_BY_HAND = "the rest counts; a page that was changed may have written this"
_AGAIN = "ask the student for the file that their receipt is of"
_WHOSE = "ask both students for the files that their receipts are of"


def answers_of(
    form: FormRecord, answers_given: Mapping[str, Sequence[str]], span: Span, hint: str
) -> tuple[dict[int, tuple[str, ...]], list[Diagnostic]]:
    """The answers that the form can have, by number, and a warning of each that it cannot."""
    items = {str(item.number): item for item in form.items}
    answers: dict[int, tuple[str, ...]] = {}
    odd: list[str] = []
    for number, given in answers_given.items():
        if number not in items:
            odd.append(f"an answer to question '{number}', which the form does not have")
            continue
        kept, wrong = fitted(items[number], given)
        odd += [f"the answer to question {number}: {wrong}"] if wrong else []
        if any(kept):
            answers[int(number)] = kept
    rest = len(odd) - _NAMED
    named = [*odd[:_NAMED], f"{rest} more answers that the form cannot have"] if rest > 0 else odd
    return dict(sorted(answers.items())), [warning("Q713", message, span, hint) for message in named]


# --- All together -----------------------------------------------------------------------------------------------


def together(sound: Iterable[Submission]) -> tuple[list[Submission], list[Diagnostic]]:
    """What is left where files are the same, or claim the same: by form and student, in whatever order they came."""
    by_attempt: dict[str, list[Submission]] = defaultdict(list)
    for one in sorted(sound, key=lambda one: one.file):
        by_attempt[one.attempt].append(one)
    found: list[Diagnostic] = []
    kept: list[Submission] = []
    for group in by_attempt.values():
        left, wrong = _one_attempt(group)
        kept += left
        found += wrong
    kept.sort(key=lambda one: (one.form.id, one.student.id, one.student.name, one.receipt, one.file))
    return kept, [*found, *_again(kept)]


def _one_attempt(group: Sequence[Submission]) -> tuple[list[Submission], list[Diagnostic]]:
    """An attempt is one person's. Files that say the same count once."""
    people = {(one.form.id, *_person(one)) for one in group}
    if len(people) > 1:
        names = _some(one.file for one in group)
        hint = "one is a copy of the other; ask the students for the files that their receipts are of"
        return [], [error("Q711", f"one attempt under several names: {names}", Span(one.file), hint) for one in group]
    different: dict[str, Submission] = {}
    found = []
    for one in group:
        first = different.setdefault(repr((one.student, one.answers, one.claims, one.sealed)), one)
        if first is not one:
            found.append(note("Q711", f"the same response as in '{first.file}'", Span(one.file), "it counts once"))
    return list(different.values()), found


def _again(kept: Sequence[Submission]) -> Iterator[Diagnostic]:
    """Who handed in several times: which of them counts, a person decides."""
    by_person: dict[tuple[str, ...], list[Submission]] = defaultdict(list)
    for one in kept:
        by_person[_person(one)].append(one)
    for one in chain.from_iterable(group for group in by_person.values() if len(group) > 1):
        others = _some(other.file for other in by_person[_person(one)] if other is not one)
        who = one.student.name or one.student.id or "somebody"
        hint = "keep the one that counts, and leave the others out"
        yield warning("Q712", f"'{who}' handed in several times: also {others}", Span(one.file), hint)


def _some(files: Iterable[str]) -> str:
    """The first few of the files, which may be many."""
    first = list(islice(files, _NAMED + 1))
    return ", ".join(f"'{name}'" for name in first[:_NAMED]) + (" ..." if len(first) > _NAMED else "")


def _person(one: Submission) -> tuple[str, ...]:
    """Who it is from, as far as that is known; who gave no name is known by their attempt only."""
    named = (one.student.id.casefold(), one.student.name.casefold())
    return named if any(named) else (one.attempt,)
