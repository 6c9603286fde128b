"""A web page -> its article: the text of its <article> or <main>, and what its head says of it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ..diagnostics import Diagnostic
from .characters import cleaned
from .flow import blocks, is_furniture
from .model import TAG, WEB, Notes, Unread
from .tree import Element, tree

_ARTICLES = ("article", "report", "blogposting", "webpage", "book", "story")
_NAMED = {
    "author": ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    "date": ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created", "datepublished",
             "citation_publication_date", "citation_date", "pubdate", "parsely-pub-date"),
    "publisher": ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "application-name"),
    "license": ("dcterms.license", "dc.rights", "dcterms.rights", "license", "copyright"),
    "url": ("og:url", "citation_public_url"),
    "title": ("og:title", "dc.title", "citation_title"),
}  # fmt: skip
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T.*")
_BY = ("author", "byline", "by-line", "p-author", "article-author", "entry-author", "post-author")


def read(html: str, name: str, notes: Notes) -> tuple[Unread | None, list[Diagnostic]]:
    """The article of a page. Its whole body, where nothing says which part of it is the article."""
    page = tree(html)
    root = _article(page)
    facts = _facts(page, root)
    _take_out_head(root, facts, notes)
    found = blocks(root, notes)
    if root.tag not in ("", "body"):
        count = sum(len(block.plain.split()) for block in found)
        notes.add("taken from the page", f"<{root.tag}> with {count:,} words")
    return Unread(facts, found, pages=False), []


# --- Which part of the page ----------------------------------------------------------------------------------


def _article(page: Element) -> Element:
    """<article>, else <main>, else the element with most of the words in paragraphs; of several, that with most."""
    weight = _weights(page)
    for found in (
        [element for element in page.all("article") if weight.get(id(element))],
        [element for element in page.all() if element.tag == "main" or element.get("role") == "main"],
    ):
        if found:
            return max(found, key=lambda element: weight.get(id(element), (0, 0))[0])
    body = next(page.all("body"), page)
    best = max([body, *body.all()], key=lambda element: weight.get(id(element), (0, 0))[1])
    return best if weight.get(id(best), (0, 0))[1] else body


def _weights(page: Element) -> dict[int, tuple[int, float]]:
    """How many words of paragraphs each element holds, and how near: a child's count whole, a grandchild's half."""
    found: dict[int, tuple[int, float]] = {}

    def visit(element: Element, above: tuple[Element, ...]) -> None:
        """Count the words of each paragraph for all that it stands in."""
        if is_furniture(element):
            return
        if element.tag == "p":
            words = len(element.text.split())
            for distance, holder in enumerate(reversed(above)):
                total, near = found.get(id(holder), (0, 0.0))
                found[id(holder)] = total + words, near + (words / (distance + 1) if distance < 2 else 0)
        for child in element.elements:
            visit(child, (*above, element))

    visit(page, ())
    return found


# --- What the page says of the article -----------------------------------------------------------------------


def _facts(page: Element, root: Element) -> dict[str, str]:
    """What is known, as it was typed; of a point in time, the day."""
    facts: dict[str, str] = {}
    html = next(page.all("html"), page)
    language = html.get("lang") or html.get("xml:lang")
    if TAG.fullmatch(language):
        facts["language"] = language
    canonical = (link.get("href") for link in page.all("link") if "canonical" in link.get("rel").lower().split())
    licences = (e for e in page.all("link", "a") if "license" in e.get("rel").lower().split())
    titles = [heading.text for heading in root.all("h1")] or [heading.text for heading in page.all("h1")]
    for fact, values in (
        ("title", titles if len(titles) == 1 else []),
        ("url", canonical),
        ("license", (element.text or element.get("href") for element in licences)),
        *_linked_data(page),
        *_meta(page),
        ("date", (time.text or time.get("datetime") for time in root.all("time"))),
        ("title", (title.text for title in page.all("title"))),
    ):
        value = next((" ".join(cleaned(value).split()) for value in values if value.strip()), "")
        value = _DAY.sub(r"\1", value) if fact == "date" else value
        if value and not (fact == "author" and WEB.match(value)) and (fact != "url" or WEB.fullmatch(value)):
            facts.setdefault(fact, value)
    return facts


def _meta(page: Element) -> Iterator[tuple[str, list[str]]]:
    said: dict[str, list[str]] = {}
    for meta in page.all("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop")).lower()
        said.setdefault(name, []).append(meta.get("content"))
    for fact, names in _NAMED.items():
        for name in names:
            values = said.get(name, [])
            yield fact, [", ".join(dict.fromkeys(values))] if fact == "author" else values


def _linked_data(page: Element) -> Iterator[tuple[str, list[str]]]:
    """What JSON-LD says of the article (https://schema.org/Article)."""
    for script in page.all("script"):
        if script.get("type").lower() != "application/ld+json":
            continue
        try:
            data = json.loads("".join(child for child in script.children if isinstance(child, str)))
        except (ValueError, RecursionError):
            continue
        for record in _records(data):
            kinds = " ".join(_names(record.get("@type"))).lower()
            if not kinds.endswith(_ARTICLES) and "headline" not in record:
                continue
            yield "title", _names(record.get("headline"))
            yield "author", [", ".join(_names(record.get("author")))]
            yield "date", _names(record.get("datePublished"))
            yield "publisher", _names(record.get("publisher"))
            yield "license", _names(record.get("license"))


def _records(data: Any) -> Iterator[dict[str, Any]]:  # Any: JSON of somebody else
    waiting = data if isinstance(data, list) else [data]
    for record in waiting:
        if isinstance(record, dict):
            yield record
            graph = record.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _names(value: Any) -> list[str]:  # Any: JSON of somebody else
    """A text, the name of a thing, or those of several."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [name for name in (value.get("name"),) if isinstance(name, str)]
    return (
        [name for part in value for name in _names(part) if not isinstance(part, list)]
        if isinstance(value, list)
        else []
    )


def _take_out_head(root: Element, facts: dict[str, str], notes: Notes) -> None:
    """Take the title, the author's line and the date out of the text: they go into the credit line."""
    for holder in [root, *root.all()]:
        kept: list[Element | str] = []
        for child in holder.children:
            if isinstance(child, Element) and _is_byline(child):
                said = re.sub(r"^by:?\s+", "", child.text, flags=re.IGNORECASE)
                if said and facts.setdefault("author", said) not in said:
                    notes.add("left out", f"{child.text} (<{child.tag}>)")
            elif isinstance(child, Element) and child.tag == "time" and holder.text == child.text:
                facts.setdefault("date", child.text)
            else:
                kept.append(child)
        holder.children = kept


def _is_byline(element: Element) -> bool:
    names = {
        *element.get("class").lower().split(),
        *element.get("rel").lower().split(),
        element.get("itemprop").lower(),
    }
    short = len(element.text.split()) <= 12
    return short and (bool(names & {*_BY}) or (element.tag == "address"))
