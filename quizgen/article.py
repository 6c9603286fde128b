"""The stimulus: an article, where it is from, and the passages that it is cut into (QTI 3 assessmentStimulus)."""

import re
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, Field

from . import markup
from .diagnostics import Fault, report
from .items.fields import Id, Line, NumberSpan, Record, Text, Title
from .language import words

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>\"]+")


def _language(tag: str) -> str:
    if not _TAG.fullmatch(tag):
        report([Fault("Q105", f"'{tag}' is not a language tag", hint="such as en, fr, ar or zh-Hans (BCP 47)")])
    return tag


def _web_address(url: str) -> str:
    if not _WEB.fullmatch(url):
        report([Fault("Q125", f"'{url}' is not a web address", hint="it starts with https:// or http://")])
    return url


def _sha256(digest: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", digest):
        report([Fault("Q104", "this is not a SHA-256", hint="64 hexadecimal digits; quizgen check --fix writes them")])
    return digest


_WebAddress = Annotated[str, AfterValidator(_web_address)]
_Sha256 = Annotated[str, AfterValidator(_sha256)]
Language = Annotated[str, AfterValidator(_language)]
"""A BCP 47 language tag."""


class Credit(Record):
    """What a text is about or taken from (`source:`); printed as the credit line."""

    title: Annotated[Title, Field(description="the title of the source")]
    author: Annotated[Title | None, Field(description="who wrote it")] = None
    publisher: Annotated[Title | None, Field(description="who published it")] = None
    date: Annotated[Title | None, Field(description="of its publication, printed as it is typed")] = None
    url: Annotated[_WebAddress | None, Field(description="where it can be read; starts with https://")] = None


class Article(Record):
    """What a bank file is about (QTI 3: the stimulus, whole)."""

    id: Annotated[Id, Field(description="its name for ever: lower-case letters, digits and hyphens")]
    title: Annotated[Title, Field(description="printed above the quiz")]
    language: Annotated[
        Language, Field(description="a BCP 47 tag: en, fr, ar, zh-Hans; decides hyphenation, direction and fonts")
    ]
    source: Annotated[
        Credit | None, Field(description="what the text is about or taken from; printed as the credit line")
    ] = None
    license: Annotated[Title | None, Field(description="of the text in this file")] = None
    text_file: Annotated[Line | None, Field(description="a file beside this one that holds the text")] = None
    text_sha256: Annotated[
        _Sha256 | None, Field(description="the SHA-256 of that file; quizgen check --fix writes it")
    ] = None


class Passage(Record):
    """A numbered part of an article (QTI 3 assessmentStimulus); its items are an item set and stay with it."""

    id: Annotated[Id, Field(description="its name in the article; items refer to it")]
    text: Annotated[Text, Field(description="the text; paragraphs are separated by empty lines")] = ""
    paragraphs: Annotated[NumberSpan | None, Field(description="which of the article's text_file: 3-5")] = None
    heading: Annotated[Title | None, Field(description="printed above the text")] = None
    language: Annotated[Language | None, Field(description="where it is not the language of the article")] = None

    @cached_property
    def words(self) -> int:
        """How many words there are to read."""
        return len(words(markup.to_plain(self.text)))
