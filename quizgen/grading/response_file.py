"""A response file (`.qgr`): what a page writes when a candidate hands in. It comes from strangers.

`parse` takes bytes and gives a value or the reason why there is none. Nothing here looks at a build or a key.
"""

import json
import math
from hashlib import sha256
from typing import Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, RootModel, ValidationError
from pydantic_core import CoreSchema

from .sealing import Opener, Sealed, from_base64url

MAX_BYTES = 2**20
_BEGINS = '{"quizgen":"response"'
_MAX_DIGITS = 15
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

QuizId = Annotated[str, Field(pattern=r"^[a-z2-7]{26}$", description="which quiz it is: 128 bits in base32")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of all that is seen of the form")]
FormId = Annotated[str, Field(min_length=1, max_length=100, description="which form it is")]
Attempt = Annotated[str, Field(pattern=r"^[a-z2-7]{26}$", description="drawn when a page was begun: 128 bits")]
Time = Annotated[str, Field(max_length=40, description="by the clock of the candidate's device, ISO 8601")]


class NotAResponse(Exception):
    """The bytes are no response file: the code of what is wrong, the message, and the hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class _Open(BaseModel):
    """What a later version adds is passed over."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class Student(_Open):
    """Who says that they answered."""

    id: Annotated[str, Field(description="of the roster; else whatever was typed, such as the class")] = ""
    name: str = ""


class Claims(_Open):
    """What the candidate's device says of how it went. Clocks can be set, and pages be changed."""

    started: Time | None = None
    submitted: Time | None = None
    resumes: Annotated[int, Field(ge=0, le=1_000_000, description="how often the page was opened again")] = 0
    late: Annotated[bool, Field(description="handed in after the working time that the page knew of")] = False


class Payload(_Open):
    """What a candidate handed in."""

    v: Literal[1]
    quiz: QuizId
    digest: Digest
    form: FormId
    attempt: Attempt
    student: Student
    token: Annotated[str | None, Field(max_length=40, description="what only the page of one candidate holds")] = None
    answers: Annotated[
        dict[Annotated[str, Field(max_length=20)], Annotated[tuple[str, ...], Field(max_length=1000)]],
        Field(
            max_length=10_000, description="number of an item -> the letters that were picked, or what each field has"
        ),
    ]
    claims: Claims = Claims()


class _HoldsPayload:
    """Says in the schema what stands in the text."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        inside = handler(Payload.__pydantic_core_schema__)
        return {**handler(core), "contentMediaType": "application/json", "contentSchema": inside}


class Recipient(_Strict):
    """For whom it is sealed."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="fingerprint of their public key")]
    enc: Annotated[str, Field(min_length=87, max_length=87, description="the encapsulated key, in base64url")]
    cek: Annotated[str, Field(min_length=64, max_length=64, description="the payload's key, sealed, in base64url")]


class _File(_Strict):
    quizgen: Literal["response"]
    v: Literal[1]
    quiz: QuizId
    digest: Digest
    form: FormId
    attempt: Attempt

    @property
    def header(self) -> tuple[str, ...]:
        """What of a sealed response stands in the open, as it is bound to what is sealed."""
        return ("quizgen/response/v1", self.quiz, self.digest, self.form, self.attempt)


class SealedFile(_File):
    """A response that only its recipients can read."""

    sealed: Literal[True]
    recipients: Annotated[tuple[Recipient, ...], Field(min_length=1, max_length=20)]
    iv: Annotated[str, Field(min_length=16, max_length=16, description="in base64url")]
    body: Annotated[str, Field(description="the payload, sealed, in base64url")]

    def content(self) -> Sealed:
        """What is sealed, as bytes. Raises `ValueError`."""
        keys = ((each.id, from_base64url(each.enc), from_base64url(each.cek)) for each in self.recipients)
        return Sealed(tuple(Opener(*key) for key in keys), from_base64url(self.iv), from_base64url(self.body))


class OpenFile(_File):
    """A response that anybody can read, and change."""

    sealed: Literal[False]
    sum: Annotated[
        str, Field(pattern=r"^([0-9a-f]{64})?$", description="SHA-256 of the body; empty where a page could make none")
    ]
    body: Annotated[str, _HoldsPayload(), Field(description="the payload, as JSON")]

    @property
    def whole(self) -> bool:
        """Whether its body is the one that was written; that nobody changed both, it cannot tell."""
        return not self.sum or sha256(self.body.encode()).hexdigest() == self.sum


class ResponseFile(RootModel[Annotated[SealedFile | OpenFile, Field(discriminator="sealed")]]):
    """A response file."""


def receipt(content: bytes) -> str:
    """By what a candidate and a teacher know a file: the first 50 bits of its SHA-256, XXXXX-XXXXX in Crockford's
    base32. What mail programs put before and after the text does not count."""
    number = int.from_bytes(sha256(_text_of(content)).digest()[:7]) >> 6
    signs = "".join(_CROCKFORD[number >> 5 * place & 31] for place in range(9, -1, -1))
    return f"{signs[:5]}-{signs[5:]}"


def parse(content: bytes) -> SealedFile | OpenFile:
    """The file that the bytes are. Raises `NotAResponse`."""
    again = "ask the student for the file as the page saved it"
    if len(content) > MAX_BYTES:
        raise NotAResponse("Q701", f"larger than {MAX_BYTES // 2**10} KiB, so no response", "name the .qgr files only")
    whole = _text_of(content)
    if not whole:
        raise NotAResponse("Q702", "the file is empty", again)
    text = whole.decode("utf-8", "replace")
    try:
        written = strict_json(whole.decode())
    except ValueError as problem:
        if text.startswith(_BEGINS) or _BEGINS.startswith(text):
            raise NotAResponse("Q702", f"the response is damaged: {_worded(problem)}", again) from None
        raise NotAResponse("Q701", "this is no response of a quiz", "name the .qgr files only") from None
    if not isinstance(written, dict) or written.get("quizgen") != "response":
        review = isinstance(written, dict) and written.get("quizgen") == "review"
        what = "a review, which is for the student" if review else "no response of a quiz"
        raise NotAResponse("Q701", f"this is {what}", "name the .qgr files only")
    if written.get("v") != 1:
        raise NotAResponse("Q701", "a response that another version of quizgen made", "open it with that version")
    try:
        return ResponseFile.model_validate_json(whole).root
    except ValidationError as problem:
        raise NotAResponse("Q702", f"the response is damaged: {_place(problem)}", again) from None


def parse_payload(content: bytes) -> Payload:
    """What was handed in. Raises `ValueError` with what is wrong."""
    strict_json(content.decode())
    try:
        return Payload.model_validate_json(content)
    except ValidationError as problem:
        raise ValueError(_place(problem)) from None


def strict_json(text: str) -> Any:
    """JSON as one program writes it for another: no key twice, no NaN, no number that loses digits.

    Raises `ValueError`.
    """
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_integer, parse_float=_finite
        )
    except RecursionError:
        raise ValueError("too many brackets inside each other") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError("a number with too many digits")
    return int(digits)


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError("a number that is too large")
    return number


def _text_of(content: bytes) -> bytes:
    return content.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")


def _worded(problem: ValueError) -> str:
    if isinstance(problem, UnicodeDecodeError):
        return f"byte {problem.start + 1} is not UTF-8"
    if isinstance(problem, json.JSONDecodeError):
        ends = problem.pos >= len(problem.doc) or problem.msg.startswith("Unterminated")
        return "its end is missing" if ends else f"character {problem.pos + 1} should not be there"
    return str(problem)


def _place(problem: ValidationError) -> str:
    named = problem.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
    names = [str(part) for part in (named[1:] if named and isinstance(named[0], int) else named)]  # sealed or not
    return f"'{'/'.join(names)[:60]}' is not as it should be" if names else "it is not as it should be"
