"""The index of a build: every form with its files, for the eyes of all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import Browser

from quizgen.form import Candidate, Form, Settings
from quizgen.render.index import SEARCHED, index_page
from quizgen.render.templating import digest, words

from .test_browser import CHROMIUM, assert_axe_finds_nothing, browser, opened  # noqa: F401 (browser is a fixture)
from .test_page import bank_of, form_from, form_of, framed, said

IN_BROWSER = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")


def lettered(*letters: str, name: str = "tides") -> list[Form]:
    return [replace(form_of(name), id=letter) for letter in letters]


def of_class(size: int, name: str = "tides") -> list[Form]:
    """Forms for candidates, each with a name and extra time."""
    form = form_of(name)
    candidates = [Candidate(f"s-{number:04}", f"Person {number} Surname", 0.25) for number in range(size)]
    return [replace(form, id=candidate.id, candidate=candidate, minutes_given=20) for candidate in candidates]


def index(forms: Sequence[Form], *endings: str) -> bytes:
    return index_page(forms, Settings(), [[f"{form.id}{ending}" for ending in endings or (".html",)] for form in forms])


def parsed(content: bytes) -> HtmlElement:
    return document_fromstring(content.decode())


def test_every_form_has_a_card_with_its_files() -> None:
    page = parsed(index_page(lettered("A", "B"), Settings(), [["form-A.html", "form-A.pdf"], ["form-B.html"]]))
    cards = page.xpath("//li[@class='card']")
    assert [said(card.find("h2")) for card in cards] == ["Form A", "Form B"]
    assert [[link.get("href") for link in card.iter("a")] for card in cards] == [
        ["./form-A.html", "./form-A.pdf"],
        ["./form-B.html"],
    ]
    assert [said(link) for link in cards[0].iter("a")] == ["On screen", "To print (PDF)"]
    assert "form-A.pdf" in said(cards[0])
    assert said(page.find(".//h1")) == form_of("tides").title
    assert "Open the form that you were given." in said(page)


def test_links_tell_where_they_lead_without_their_card() -> None:
    page = parsed(index(of_class(2), ".html", ".pdf"))
    names = [link.get("aria-label") for link in page.iter("a")]
    assert names[:2] == ["On screen, s-0000", "To print (PDF), s-0000"]
    assert len(set(names)) == len(names) == 4


def test_addresses_lead_to_the_files_whatever_they_are_called() -> None:
    name = "a b#c?d%e&f: é.html"
    page = parsed(index_page(lettered("A"), Settings(), [[name]]))
    (link,) = page.iter("a")
    assert unquote(link.get("href").removeprefix("./")) == name
    assert not set(link.get("href")) & set(" #?:&")
    assert name in said(page)


def test_a_candidate_is_an_id_and_nothing_else() -> None:
    content = index(of_class(30), ".html", "-large-print.pdf").decode()
    page = parsed(content.encode())
    assert "s-0007" in said(page)
    assert "Open the form with your own number." in said(page)
    for told in ("Person", "Surname", "25 minutes", "20 minutes"):
        assert told not in content
    assert "large" not in said(page.find(".//main"))


def test_nothing_depends_on_the_key() -> None:
    text = "article: {id: a, title: T, language: en}\nitems:\n- {id: a, type: true_false, stem: CANARY, answer: KEY}\n"
    true, false = (index([form_from(bank_of(text.replace("KEY", key)))]) for key in ("true", "false"))
    assert true == false
    assert b"CANARY" not in true


def test_it_can_do_nothing_but_what_is_in_it() -> None:
    page = parsed(index(of_class(SEARCHED)))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert f"script-src '{digest(page.findtext('.//script'))}'" in policy
    assert f"style-src '{digest(page.findtext('.//style'))}'" in policy
    assert "default-src 'none'" in policy
    assert not page.xpath("//@style | //@src | //link | //*[starts-with(name(@*), 'on')]")


def test_a_few_cards_need_no_script() -> None:
    page = parsed(index(lettered("A", "B")))
    assert not page.xpath("//script | //input")
    assert "script-src" not in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_what_stands_above_it_is_text() -> None:
    page = parsed(index([framed()]))
    assert said(page.find(".//p[@class='kicker']")) == "School No. 5 & friends"
    assert page.find(".//p[@class='kicker']/em") is not None


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr", "ru"])
def test_it_speaks_the_language_of_the_quiz(language: str) -> None:
    item = "- {id: a, type: true_false, stem: S, answer: true}"
    form = form_from(bank_of(f"article: {{id: a, title: T, language: {language}}}\nitems:\n{item}\n"))
    page, told = parsed(index([form])), words(language)
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert told["index_note"] in said(page)
    assert [said(link) for link in page.iter("a")] == [told["index_screen"]]


# --- In a browser -----------------------------------------------------------------------------------------------


@IN_BROWSER
@pytest.mark.parametrize("name", ["tides", "arabic"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, name: str) -> None:  # noqa: F811
    content = index(of_class(20, name), ".html", ".pdf")
    for scheme in ("light", "dark"):
        with opened(browser, tmp_path / "index.html", content, color_scheme=scheme) as page:
            assert_axe_finds_nothing(page, (320, 1280))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with opened(browser, tmp_path / "index.html", index(lettered("A", "B", name=name), ".html", ".pdf")) as page:
        assert_axe_finds_nothing(page, (320, 1280))


@IN_BROWSER
def test_a_link_opens_the_form(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "s-0003.html").write_text("<title>It is here</title>", encoding="utf-8")
    (tmp_path / "index.html").write_bytes(index(of_class(20)))
    tab = browser.new_page()
    try:
        tab.goto((tmp_path / "index.html").as_uri())
        tab.get_by_role("link", name="s-0003").click()
        tab.wait_for_load_state()
        assert tab.title() == "It is here"
    finally:
        tab.close()


@IN_BROWSER
def test_a_card_is_found_by_its_number(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    with opened(browser, tmp_path / "index.html", index(of_class(1000))) as page:
        cards = page.get_by_role("heading", level=2)
        assert cards.count() == 1000
        field = page.get_by_label("Find your number")
        field.fill("S-0042")
        assert cards.all_text_contents() == ["s-0042"]
        assert page.get_by_role("status").text_content() == "1 / 1000"
        field.fill("nobody")
        assert cards.count() == 0
        field.fill(" ")
        assert cards.count() == 1000


@IN_BROWSER
def test_without_scripts_all_cards_are_there_and_no_field(browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    with opened(browser, tmp_path / "index.html", index(of_class(20)), java_script_enabled=False) as page:
        assert page.get_by_role("heading", level=2).count() == 20
        assert not page.get_by_role("textbox").count()
