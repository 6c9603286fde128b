"""`quizgen preview`: what the author sees, that it comes back by itself, and that nobody else can look."""

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring
from markupsafe import Markup
from playwright.sync_api import Browser, Page, expect

from quizgen.bank import Bank, parse
from quizgen.bundled import TEMPLATES
from quizgen.checks import check
from quizgen.cli.live import LiveServer, News
from quizgen.cli.preview import Desk
from quizgen.render.highlight import atom, highlight
from quizgen.render.preview import Draft, preview_page, trouble_page

from .strategies import bank_records, file_of
from .test_browser import RULES, RUN_AXE, assert_axe_finds_nothing, browser  # noqa: F401 (a fixture)
from .test_cli import REPOSITORY, quizgen
from .test_page import BANKS, picture

BANK = """\
article: {id: rivers, title: Rivers, language: en}
colour: blue
passages:
  - id: source
    heading: The source
    text: |
      A river *begins* in the hills, at a spring. Many
      begin under ice.

      - It ends in the sea & nowhere else.
  - id: mouth
    text: There it is wide.
items:
  - id: begin
    type: multiple_choice
    passage: source
    evidence: begins in the hills
    stem: Where does a river begin?
    answer: In the hills
    distractors: [{text: In town, why: A town is where it passes.}, At the sea]
    rationale: The first sentence says so.
    skill: retrieve
    difficulty: easy
  - id: end
    type: short_answer
    passage: source
    evidence: [It ends in the sea & nowhere, these words are not there]
    stem: Where does it end?
    answers: [the sea]
    points: lots
  - id: ice
    type: true_false
    passage: source
    evidence: Many begin under ice
    stem: Some begin under ice.
    answer: true
  - {id: picture, type: essay, stem: "What is it? ![A river](river.png)", rubric: [It names it]}
"""


def draft_of(text: str, name: str = "rivers.yaml") -> Draft:
    """The text as a file that is being written."""
    file, found = parse(text, name)
    return Draft(name, file, tuple(found + check(Bank((file,) if file else ()))))


def html(content: str | bytes) -> HtmlElement:
    """A page as a browser reads it."""
    page: HtmlElement = document_fromstring(content.decode() if isinstance(content, bytes) else content)
    return page


def page_of(*drafts: Draft, chosen: int = 0) -> HtmlElement:
    """The page of a draft."""
    return html(preview_page(drafts, drafts[chosen], 7, {"Q102": "Q102: an unknown key."}))


def said(element: HtmlElement) -> str:
    """The words of an element, with single spaces."""
    return " ".join(element.text_content().split())


def card(page: HtmlElement, name: str) -> HtmlElement:
    """What the page shows of an item."""
    (found,) = page.xpath(f"//article[@data-name='{name}']")
    return found


def codes(element: HtmlElement) -> list[str]:
    """The codes of the diagnostics in an element."""
    return [said(code) for code in element.find_class("code-name")]


# --- The page ---------------------------------------------------------------------------------------------------


def test_an_item_is_shown_as_a_student_sees_it_with_its_key_beside() -> None:
    begin = card(page_of(draft_of(BANK)), "begin")
    (student,), (key,) = begin.find_class("student"), begin.find_class("key")
    assert said(student.find_class("stem")[0]) == "Where does a river begin?"
    assert [said(label) for label in student.iter("label")] == ["A At the sea", "B In the hills", "C In town"]
    assert len(student.xpath(".//input[@type='radio']")) == 3
    assert said(key.find_class("correct")[0]) == "B In the hills"
    assert said(key.find_class("why")[0]) == "The first sentence says so."
    assert said(key.find("blockquote")) == "begins in the hills"
    assert said(key.find_class("incorrect")[0]) == "C In town — A town is where it passes."
    for secret in ("The first sentence", "A town is where"):
        assert secret not in said(student)


def test_each_diagnostic_stands_where_it_belongs() -> None:
    page = page_of(draft_of(BANK))
    assert "Q102" in codes(page.xpath("//main/ul")[0])
    assert sorted(codes(card(page, "end"))[:2]) == ["Q104", "Q301"]  # errors come before warnings
    assert {"Q104", "Q301"}.isdisjoint(codes(card(page, "ice")))
    assert "Q401" in codes(card(page, "ice"))
    assert "Q401" not in codes(card(page, "begin"))
    assert "Q310" in codes(card(page, "picture"))
    faults = draft_of(BANK).found
    assert sorted(codes(page.find("body"))) == sorted(diagnostic.code for diagnostic in set(faults))
    (unknown,) = [line for line in page.find_class("error") if "Q102" in said(line)]
    assert said(unknown.find_class("severity")[0]) == "error"
    assert "line 2" in said(unknown)
    assert said(unknown.xpath(".//code/u")[0]) == "colour"
    assert said(page.get_element_by_id("page-Q102")) == "Q102: an unknown key."


def test_a_record_that_cannot_be_read_keeps_its_place() -> None:
    text = BANK.replace("text: There it is wide.", "text: ''").replace("    answers: [the sea]\n", "")
    page = page_of(draft_of(text))
    names = [found.get("data-name") for found in page.find_class("card")]
    assert names == ["begin", "end", "ice", "picture"]
    assert "cannot be shown before its errors are mended" in said(card(page, "end"))
    assert [said(reading.find("h2")) for reading in page.find_class("reading")] == [
        "1 The source", "Passage 2", "Without a passage",
    ]  # fmt: skip
    assert "Q106" in codes(page.find_class("reading")[1])


def test_evidence_is_marked_in_the_passage() -> None:
    page = page_of(draft_of(BANK.replace("    points: lots\n", "")))
    marks = [(mark.get("data-for"), said(mark)) for mark in page.find_class("text")[0].iter("mark")]
    assert marks == [
        ("q1", "begins"), ("q1", "in the hills"), ("q3", "Many begin under ice"),
        ("q2", "It ends in the sea & nowhere"),
    ]  # fmt: skip
    links = [link.get("href") for link in page.xpath("//p[@class='to-evidence']/a")]
    assert links == ["#evidence-q1", "#evidence-q2", "#evidence-q3"]
    assert all(page.get_element_by_id(link[1:]) is not None for link in links)


@pytest.mark.parametrize("name", BANKS)
def test_every_id_is_there_once_and_no_style_is_in_an_attribute(name: str) -> None:
    drafts = [draft_of(text, f"{number}.yaml") for number, text in enumerate(BANKS[name])]
    for number, draft in enumerate(drafts):
        page = page_of(*drafts, chosen=number)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert not page.xpath("//@style | //@onclick")
        assert len(page.find_class("card")) == len(draft.file.items if draft.file else ())
        assert len(page.xpath("//nav[@class='files']//a")) == (len(drafts) if len(drafts) > 1 else 0)


@given(bank_records())
def test_every_item_has_its_card_and_every_evidence_its_mark(record: dict[str, Any]) -> None:
    file = file_of(record)
    page = page_of(Draft("random.yaml", file, tuple(check(Bank((file,))))))
    assert sorted(found.get("data-name") for found in page.find_class("card")) == sorted(item.id for item in file.items)
    marked = {name for mark in page.iter("mark") for name in mark.get("data-for").split()}
    quoted = {card(page, item.id).get("id") for item in file.items if item.evidence}
    assert marked == quoted


def test_what_an_author_writes_stays_text() -> None:
    evil = "<script>window.pwned=1</script>"
    text = BANK.replace("The first sentence says so.", f'"{evil}"').replace("id: begin", f'id: "{evil}"')
    page = page_of(draft_of(text.replace("colour:", f'"{evil}":')))
    assert len(page.xpath("//script")) == 1
    assert evil in page.find("body").text_content()


def test_a_file_that_cannot_be_read_shows_why_and_what_it_last_held() -> None:
    good, bad = draft_of(BANK), draft_of("article: [")
    page = page_of(replace(bad, file=good.file, stale=True))
    assert "cannot be read at present" in said(page.find_class("stale")[0])
    assert codes(page.find("body")) == ["Q001"]
    assert said(card(page, "begin").find_class("stem")[0]) == "Where does a river begin?"
    never = page_of(bad)
    assert said(never.find(".//h1")) == "rivers.yaml"
    assert codes(never) == ["Q001"]


def test_a_template_that_cannot_be_used_says_so() -> None:
    page = html(trouble_page("x.html.j2:3\nunexpected <end>", 4))
    assert "unexpected <end>" in said(page)
    assert page.xpath("//body/@data-version") == ["4"]


# --- Marking quotations -----------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["ab", "a b", "*b*", "c & d", "<b>", "`e`", "\n\n", "d"]), min_size=1, max_size=12)


@given(WORDS, st.data())
def test_marking_changes_no_word_and_finds_what_is_there(parts: list[str], data: st.DataObject) -> None:
    plain = " ".join(parts)
    start = data.draw(st.integers(0, len(parts) - 1))
    quotation = " ".join(parts[start : data.draw(st.integers(start + 1, len(parts)))])
    text = Markup("<p>{}</p>").format(plain)
    marked = highlight(text, {"q1": [re.sub(r"([`*])", r"\\\1", quotation)]})
    assert fragment_fromstring(marked).text_content() == plain
    marks = "".join("".join(mark.itertext()) for mark in fragment_fromstring(marked).iter("mark"))
    assert "".join(quotation.split()) in "".join(marks.split())


@pytest.mark.parametrize(
    ("text", "quotation", "marked"),
    [
        ("<p>one two</p>", "two", ["two"]),
        ("<p>one two</p>", "twofold", []),
        ("<p>a <em>b</em> c</p>", "a b c", ["a ", "b", " c"]),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b", ["a", "b"]),
        ("<p>a\nb and a b</p>", "a b", ["a\nb", "a b"]),
        ("<p>x &amp; y</p>", "x & y", ["x & y"]),
        ("<p>月は\n海</p>", "月は海", ["月は\n海"]),
        (f"<p>as {atom('x^2', '<math><mi>x</mi></math>')} is</p>", r"as \(x^2\) is", ["as x is"]),
        ('<p>see <img src="a" alt="the sea"> there</p>', "![the sea](a.png) there", [" there"]),
    ],
)
def test_a_quotation_is_found(text: str, quotation: str, marked: list[str]) -> None:
    found = fragment_fromstring(highlight(Markup(text), {"q1": [quotation]}))
    assert ["".join(mark.itertext()) for mark in found.iter("mark")] == marked


def test_two_quotations_may_overlap() -> None:
    found = fragment_fromstring(highlight(Markup("<p>one two three</p>"), {"q1": ["one two"], "q2": ["two three"]}))
    marks = [(mark.get("data-for"), "".join(mark.itertext())) for mark in found.iter("mark")]
    assert marks == [("q1", "one "), ("q1 q2", "two"), ("q2", " three")]
    assert found.xpath(".//@id") == ["evidence-q1", "evidence-q2"]


# --- The server, over HTTP --------------------------------------------------------------------------------------


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank file in a folder of its own."""
    file = tmp_path / "bank" / "rivers.yaml"
    file.parent.mkdir()
    file.write_text(BANK)
    (file.parent / "river.png").write_bytes(picture().content)
    return file


@contextmanager
def serving(folder: Path) -> Iterator[tuple[LiveServer, Desk, News]]:
    """The server as the command runs it, but for the loop, which the tests turn by hand."""
    desk, news = Desk([folder]), News()
    server = LiveServer(0, news, lambda key: desk.page(key, news.version))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server, desk, news
    finally:
        server.shutdown()
        server.server_close()


def asked(
    server: LiveServer, path: str | None = None, method: str = "GET", headers: Mapping[str, str] | None = None
) -> tuple[int, str, Mapping[str, str]]:
    """Status, content and headers of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    try:
        connection.request(method, path or urlsplit(server.url).path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def test_the_author_gets_the_page_and_nobody_else_may_keep_or_frame_it(bank: Path) -> None:
    with serving(bank.parent) as (server, _, _):
        assert server.server_address[0] == "127.0.0.1"
        status, content, headers = asked(server, headers={"Sec-Fetch-Site": "none"})
        assert status == 200
        assert "Where does a river begin?" in content
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"] == "frame-ancestors 'none'"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers
        policy = html(content).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert asked(server, headers={"Host": f"localhost:{server.server_port}"})[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Host": "127.0.0.1"}, 421),
        ({"Host": "127.0.0.1:{port}@evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_other_pages_are_refused(bank: Path, headers: dict[str, str], status: int) -> None:
    with serving(bank.parent) as (server, _, _):
        sent = {name: value.replace("{port}", str(server.server_port)) for name, value in headers.items()}
        for path in (server.url, f"{server.url}events"):
            found, content, _ = asked(server, urlsplit(path).path, headers=sent)
            assert found == status
            assert "river" not in content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW"])
def test_only_get_is_served(bank: Path, method: str) -> None:
    with serving(bank.parent) as (server, _, _):
        status, content, headers = asked(server, method=method)
        assert status == 405
        assert headers["allow"] == "GET"
        assert "river" not in content


@pytest.mark.parametrize(
    "path",
    ["/", "/x/", "/{secret}", "/{secret}x/", "/{secret}/../bank/rivers.yaml", "/{secret}/%2e%2e/rivers.yaml",
     "/{secret}//etc/passwd", "http://evil.example/{secret}/", "/{secret}/?x", "/" + "a" * 60_000],
)  # fmt: skip
def test_without_the_secret_or_with_a_path_of_its_own_nothing_is_told(bank: Path, path: str) -> None:
    with serving(bank.parent) as (server, _, _):
        status, content, _ = asked(server, path.replace("{secret}", server.secret))
        assert status in (403, 421)
        assert "river" not in content


def test_two_names_at_once_are_refused(bank: Path) -> None:
    with serving(bank.parent) as (server, _, _), socket.create_connection(("127.0.0.1", server.server_port)) as line:
        path, host = urlsplit(server.url).path, f"127.0.0.1:{server.server_port}"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n".encode())
        assert line.makefile("rb").readline().split()[1] == b"421"


def test_every_run_has_a_secret_of_its_own(bank: Path) -> None:
    with serving(bank.parent) as (one, _, _), serving(bank.parent) as (two, _, _):
        assert one.secret != two.secret
        assert len(one.secret) >= 20


def test_a_page_hears_of_a_change(bank: Path) -> None:
    with serving(bank.parent) as (server, desk, news):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
        connection.request("GET", urlsplit(server.url).path + "events")
        answer = connection.getresponse()
        assert answer.getheader("Content-Type", "").startswith("text/event-stream")
        assert (answer.readline(), answer.readline()) == (b"data: 0\n", b"\n")
        assert not desk.look()
        bank.write_text(BANK.replace("Where does a river begin?", "Where is its source?"))
        assert desk.look()
        news.tell()
        assert answer.readline() == b"data: 1\n"
        assert "Where is its source?" in asked(server)[1]
        connection.close()


def test_files_and_images_that_come_and_go_are_noticed(bank: Path) -> None:
    with serving(bank.parent) as (server, desk, _):
        assert "data:image/png" in asked(server)[1]
        (bank.parent / "river.png").unlink()
        assert desk.look()
        assert "Q121" in asked(server)[1]
        (bank.parent / "river.png").write_bytes(picture().content)
        assert desk.look()
        assert "Q121" not in asked(server)[1]
        (bank.parent / "lakes.yaml").write_text(BANK.replace("rivers", "lakes").replace("Rivers", "Lakes"))
        assert desk.look()
        page = html(asked(server)[1])
        links = {said(link): link.get("href") for link in page.xpath("//nav[@class='files']//a")}
        assert set(links) == {"Lakes", "Rivers"}
        path = urlsplit(server.url).path + links["Lakes"]
        assert said(html(asked(server, path)[1]).find(".//h1")) == "Lakes"
        (bank.parent / "lakes.yaml").unlink()
        assert desk.look()
        status, content, _ = asked(server, path)
        assert (status, "There is no such file" in content, "Rivers" in content) == (404, True, True)
        bank.unlink()
        assert desk.look()
        assert asked(server)[0] == 404
        assert not desk.look()


def test_templates_may_be_changed_too(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates, ignore=shutil.ignore_patterns("fonts"))
    for name in ("quizgen.bundled.TEMPLATES", "quizgen.render.templating.TEMPLATES"):
        monkeypatch.setattr(name, templates)
    page, words, style = (templates / name for name in ("preview.html.j2", "words/en.toml", "preview.css"))
    with serving(bank.parent) as (server, desk, _):
        for file, before, after in ((words, '"True"', '"So it is"'), (style, "/* The live", "/* My own live")):
            file.write_text(file.read_text().replace(before, after))
            assert desk.look()
            assert after.strip('"') in asked(server)[1]
        sound = page.read_text()
        page.write_text("{% if %}" + sound)
        assert desk.look()
        status, content, _ = asked(server)
        assert (status, said(html(content).find(".//h1"))) == (500, "A template cannot be used")
        assert "preview.html.j2:1" in content
        page.write_text(sound)
        assert desk.look()
        assert asked(server)[0] == 200


def test_a_broken_file_shows_its_last_good_page(bank: Path) -> None:
    with serving(bank.parent) as (server, desk, _):
        for _again in range(2):
            bank.write_text(f"{BANK}\n  - [{'x' * _again}")
            assert desk.look()
            page = html(asked(server)[1])
            assert codes(page) == ["Q001"]
            assert said(card(page, "begin").find_class("stem")[0]) == "Where does a river begin?"
        bank.write_text(BANK.replace("river begin?", "river start?"))
        assert desk.look()
        page = html(asked(server)[1])
        assert not page.find_class("stale")
        assert said(card(page, "begin").find_class("stem")[0]) == "Where does a river start?"


def test_too_many_connections_are_dropped_and_the_rest_is_served(bank: Path) -> None:
    with serving(bank.parent) as (server, _, _):
        lines = [socket.create_connection(("127.0.0.1", server.server_port), timeout=20) for _ in range(64)]
        try:
            with pytest.raises((ConnectionError, http.client.HTTPException)):
                asked(server)
        finally:
            for line in lines:
                line.close()
        for _ in range(100):  # until the threads have seen that their lines are closed
            time.sleep(0.1)
            with suppress(ConnectionError, http.client.HTTPException):
                assert asked(server)[0] == 200
                return
        pytest.fail("nobody is served any more")


# --- The command ------------------------------------------------------------------------------------------------


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, with the address that it prints."""
    command = [sys.executable, "-m", "quizgen", "preview", str(folder), "--no-open"]
    process = subprocess.Popen(
        command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def test_control_c_ends_it_without_a_word(bank: Path) -> None:
    with running(bank) as (process, url):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}/", url)
        assert process.stderr
        assert "Ctrl-C" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (130, "", "")


def test_wrong_usage_is_one_line(tmp_path: Path) -> None:
    for words in (["nowhere"], [tmp_path], []):
        done = quizgen("preview", "--no-open", *words, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")


def test_a_port_that_is_taken_is_one_line(bank: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = quizgen("preview", bank, "--no-open", "--port", port, cwd=bank.parent)
        assert done.returncode == 2
        assert done.stderr.startswith(f"quizgen: cannot serve at port {port}: ")


# --- In a browser -----------------------------------------------------------------------------------------------


@contextmanager
def looking(browser: Browser, url: str, **context: Any) -> Iterator[Page]:  # noqa: F811
    """The page in a browser, which must not complain nor ask elsewhere."""
    tab = browser.new_context(**context)
    try:
        page = tab.new_page()
        page.set_default_timeout(20_000)
        complaints: list[str] = []
        tab.on("request", lambda request: complaints.append(request.url) if not _ours(request.url, url) else None)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(url)
        yield page
        assert complaints == []
    finally:
        tab.close()


def _ours(asked_for: str, url: str) -> bool:
    return asked_for.startswith((url, "data:image/"))


def test_the_page_comes_back_by_itself_and_keeps_its_place(browser: Browser, bank: Path) -> None:  # noqa: F811
    sound = BANK.replace("    points: lots\n", "").replace("colour: blue\n", "")
    bank.write_text(sound)
    with running(bank) as (_, url), looking(browser, url, viewport={"width": 1280, "height": 600}) as page:
        state = page.get_by_role("status")
        expect(state).to_have_text("live")
        page.locator("[data-name=ice]").evaluate("card => scrollTo(0, scrollY + card.getBoundingClientRect().top - 90)")
        before = page.locator("[data-name=ice]").bounding_box()
        longer = "Where does it end, as the passage has it?\n\n      Think of every\n\n      word of it."
        bank.write_text(sound.replace("stem: Where does it end?", f"stem: |\n      {longer}"))
        expect(page.locator("[data-name=end] .stem")).to_contain_text("Think of every")
        expect(state).to_have_text("updated: question 2")
        after = page.locator("[data-name=ice]").bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) < 2
        expect(page.locator(".fresh")).to_have_count(1)
        bank.write_text("article: [")
        expect(page.locator(".stale")).to_be_visible()
        expect(page.locator("[data-name=end] .stem")).to_contain_text("Think of every")
        bank.write_text(sound)
        expect(page.locator(".stale")).to_have_count(0)


def test_evidence_lights_up_for_the_item_one_is_at(browser: Browser, bank: Path) -> None:  # noqa: F811
    with running(bank) as (_, url), looking(browser, url) as page:
        mark = page.locator("mark[data-for=q1]").first
        assert "on" not in (mark.get_attribute("class") or "")
        page.locator("#q1 input").first.focus()
        expect(mark).to_have_class("on")
        page.locator("#q3 input").first.focus()
        expect(mark).to_have_class("")
        page.locator("#q1 .stem").hover()
        expect(mark).to_have_class("on")


@pytest.mark.parametrize("name", ["faulty", *BANKS])
def test_axe_finds_nothing_and_a_phone_is_wide_enough(
    browser: Browser,  # noqa: F811
    bank: Path,
    name: str,
) -> None:
    (bank.parent / "swing.png").write_bytes(picture().content)
    for number, text in enumerate(BANKS.get(name, ())):
        (bank.parent / f"{number}.yaml").write_text(text)
    with serving(bank.parent) as (server, _, _), looking(browser, server.url) as page:
        expect(page.get_by_role("status")).to_have_text("live")
        assert_axe_finds_nothing(page)
        page.locator("button.code-name").first.click()
        expect(page.locator(".manual:popover-open")).to_be_visible()
        assert page.evaluate(RUN_AXE, RULES) == []


def test_another_page_of_this_machine_cannot_look_in(browser: Browser, bank: Path) -> None:  # noqa: F811
    with serving(bank.parent) as (server, _, _), serving(bank.parent) as (other, _, _):
        tab = browser.new_context()
        try:
            page = tab.new_page()
            page.goto(other.url)
            page.route("**/elsewhere", lambda route: route.fulfill(body="<p>hello</p>", content_type="text/html"))
            page.goto(f"http://127.0.0.1:{other.server_port}/elsewhere")
            read = "url => fetch(url).then((answer) => answer.text()).catch((problem) => problem.name)"
            assert page.evaluate(read, server.url) == "TypeError"
            status = "url => fetch(url, {mode: 'no-cors'}).then((answer) => answer.type).catch((p) => p.name)"
            assert page.evaluate(status, server.url) == "TypeError"
        finally:
            tab.close()
