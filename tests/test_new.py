"""`quizgen new`: what an author finds in the bank file that is made from an article."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from quizgen import draft
from quizgen.bank import BankFile, parse
from quizgen.cli.new import new
from quizgen.cli.usage import UsageError
from quizgen.diagnostics import Diagnostic
from quizgen.markup import to_plain

TIDE = "The harbour empties twice a day, and then the boats lie on the mud beside the old wall."
PIER = "A new pier reaches deep water at every tide, so the ferry no longer has to wait for the moon."
LAMP = "Its lamp was lit by hand until the year 1931, when a cable was laid along the whole of the shore."


def source_of(text: str | bytes, name: str = "harbour.txt") -> draft.Source:
    """The article; it can be read."""
    source, found = draft.parse(text.encode() if isinstance(text, str) else text, name)
    assert source is not None, [str(diagnostic) for diagnostic in found]
    assert not found
    return source


def faults_of(text: str | bytes, name: str = "harbour.txt") -> list[Diagnostic]:
    source, found = draft.parse(text.encode() if isinstance(text, str) else text, name)
    assert source is None
    return found


def bank_of(source: draft.Source, words: int = 180) -> BankFile:
    """The bank file that is made of an article: nothing is wrong with it but that it has no items."""
    file, found = parse(draft.render(source, id="article", language="en", words=words), "article.yaml")
    assert [diagnostic.code for diagnostic in found] == ["Q112"], [str(diagnostic) for diagnostic in found]
    assert file is not None
    return file


def texts(text: str | bytes, name: str = "harbour.txt", words: int = 180) -> list[str]:
    """The texts of the passages, each paragraph on one line."""
    passages = bank_of(source_of(text, name), words).passages
    return ["\n\n".join(" ".join(part.split()) for part in passage.text.split("\n\n")) for passage in passages]


def paragraphs(text: str | bytes, name: str = "harbour.txt") -> list[str]:
    return [part for passage in texts(text, name) for part in passage.split("\n\n")]


def page(body: str, head: str = "<title>Harbour</title>") -> str:
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


# --- What an article says of itself --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"The old harbour\n\nBy Ada Quay\n3 May 2021\n\n{TIDE}\n\n{PIER}", "a.txt"),
        (f"The old harbour\nAda Quay\n3 May 2021\n\n{TIDE}\n\n{PIER}", "a.txt"),
        (f"## The old harbour\n\n**Ada Quay**  \n3 May 2021\n\n{TIDE}\n\n{PIER}", "a.md"),
        (f"# The old harbour\n\n*By Ada Quay, 3 May 2021*\n\n{TIDE}\n\n{PIER}", "a.md"),
        (f"---\ntitle: The old harbour\nauthor: Ada Quay\ndate: 3 May 2021\n---\n\n{TIDE}\n\n{PIER}", "a.md"),
        (f"Title: The old harbour\nAuthor: Ada Quay\nDate: 3 May 2021\n\n{TIDE}\n\n{PIER}", "a.txt"),
        (page(f"<h1>The old harbour</h1><p class=byline>By Ada Quay</p><time>3 May 2021</time><p>{TIDE}<p>{PIER}"),
         "a.html"),
    ],
)  # fmt: skip
def test_title_author_and_date_are_found(text: str, name: str) -> None:
    source = source_of(text, name)
    assert (source.title, source.author, source.date) == ("The old harbour", "Ada Quay", "3 May 2021")
    assert paragraphs(text, name) == [TIDE, PIER]
    credit = bank_of(source).article.source
    assert credit is not None
    assert (credit.title, credit.author, credit.date) == ("The old harbour", "Ada Quay", "3 May 2021")


def test_a_page_says_more_in_its_head() -> None:
    head = """<title>The old harbour | Shore News</title><link rel=canonical href="https://example.org/harbour">
    <meta property="og:site_name" content="Shore News"><meta name=author content="Ada Quay">
    <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
    "headline": "The old harbour", "datePublished": "2021-05-03T08:00:00Z", "author": [{"name": "Ada Quay"}]}]}</script>
    """
    source = source_of(page(f"<article><p>{TIDE}</p></article>", head), "a.html")
    assert source.title == "The old harbour"
    assert source.author == "Ada Quay"
    assert source.date == "2021-05-03"
    assert source.publisher == "Shore News"
    assert source.url == "https://example.org/harbour"
    assert source.language == "en-GB"


def test_a_licence_line_is_kept_as_it_was_typed() -> None:
    article = f"Harbour\n\n{TIDE}\n\n{PIER}\n\n© 2021 Shore News. All rights reserved."
    assert source_of(article).license == "© 2021 Shore News. All rights reserved."
    assert bank_of(source_of(article)).article.license == "© 2021 Shore News. All rights reserved."
    assert paragraphs(article) == [TIDE, PIER]


def test_nothing_is_made_up() -> None:
    source = source_of(f"{TIDE}\n\n{PIER}", "low-water.txt")
    assert source.title == "low-water"
    assert any("no title found" in note for note in source.notes)
    assert (source.author, source.date, source.publisher, source.url, source.language, source.license) == (None,) * 6
    file = bank_of(source)
    assert file.article.license is None
    assert [passage.heading for passage in file.passages] == [None]
    assert file.items == ()
    assert "The text is somebody's" in draft.render(source, id="x", language="en")


def test_a_last_line_that_says_whom_to_write_to_is_no_text() -> None:
    article = f"# Harbour\n\n{TIDE}\n\nTo reach the harbour master  \nwrite to:  \n**[example.org/master](http://example.org)**"
    assert paragraphs(article, "a.md") == [TIDE]
    assert any("To reach the harbour master" in note for note in source_of(article, "a.md").notes)


# --- Paragraphs ----------------------------------------------------------------------------------------------------


def test_lines_without_empty_ones_are_divided_by_indentation_or_length() -> None:
    assert paragraphs("The tide goes out.\nThe boats lie\non the mud.\n   The pier is\nnew and long.") == [
        "The tide goes out. The boats lie on the mud.",
        "The pier is new and long.",
    ]
    long = [f"{TIDE} {PIER}", f"{PIER} {LAMP}", f"{LAMP} {TIDE}"]
    assert paragraphs("\r\n".join(long)) == long


def test_verse_keeps_its_lines() -> None:
    file = bank_of(
        source_of("Low water\n\nThe boats lie down,\nThe gulls walk by,\nThe mud is brown.\n\nThe end of it.")
    )
    assert file.passages[0].text == "The boats lie down,\\\nThe gulls walk by,\\\nThe mud is brown.\n\nThe end of it."


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_what_the_end_of_a_page_cut_in_two_is_made_whole(name: str) -> None:
    before, after = TIDE.split(" boats ")
    source = source_of(f"# H\n\n{PIER}\n\n{before} boats\n\n{after}\n\n{LAMP}", name)
    assert [" ".join(block.text.split()) for block in source.blocks][-3:] == [PIER, TIDE, LAMP]
    assert any(note.startswith("joined: ") and "the boats | lie on the mud" in note for note in source.notes)


def test_page_numbers_and_running_heads_are_left_out() -> None:
    filler = f"{TIDE} {PIER} {LAMP} {TIDE}"
    article = (
        f"Harbours\n\n{filler} The ferry has to\n\n17\n\nShore News 2021\n\nWait for the moon each day.\n\n{filler}"
    )
    article += f"\n\n18\n\nShore News 2021\n\n{filler}\n\n- 19 -"
    assert paragraphs(article) == [f"{filler} The ferry has to Wait for the moon each day.", filler, filler]


def test_a_line_that_comes_back_on_the_same_page_is_text() -> None:
    article = f"Song\n\nLow water now\n\n{TIDE}\n\nLow water now\n\n{PIER}\n\nLow water now"
    assert paragraphs(article).count("Low water now") == 3


def test_words_are_made_whole_at_the_end_of_a_line() -> None:
    article = (
        "Harbour\n\nThe well-known pier is inter-\nnational, so a well-\nknown ferry in 1914-\n1918 stopped there."
    )
    assert paragraphs(article) == [
        "The well-known pier is international, so a well-known ferry in 1914-1918 stopped there."
    ]
    assert "made whole: international" in source_of(article).notes


def test_a_short_list_in_small_letters_is_not_joined() -> None:
    assert paragraphs(f"Harbour\n\n{TIDE}\n\nmud and stones\n\nropes\n\ntar") == [
        TIDE,
        "mud and stones",
        "ropes",
        "tar",
    ]


# --- Passages ------------------------------------------------------------------------------------------------------


def test_passages_follow_the_headings() -> None:
    article = f"# Harbour\n\n{TIDE}\n\n## The *new* pier\n\n{PIER}\n\n## Light\n\n### By hand\n\n{LAMP}"
    passages = bank_of(source_of(article, "a.md")).passages
    assert [(passage.id, passage.heading) for passage in passages] == [
        ("passage-1", None),
        ("the-new-pier", "The *new* pier"),
        ("light-by-hand", "Light: By hand"),
    ]


def test_without_headings_passages_are_even_and_whole() -> None:
    article = "Harbour\n\n" + "\n\n".join([TIDE, PIER, LAMP] * 6)
    made = texts(article, words=60)
    assert "\n\n".join(made) == "\n\n".join([TIDE, PIER, LAMP] * 6)
    sizes = [len(text.split()) for text in made]
    assert len(made) > 3
    assert max(sizes) - min(sizes) <= 25


def test_headings_with_one_name_get_ids_of_their_own() -> None:
    article = f"# Harbour\n\n## Light\n\n{TIDE}\n\n## Light\n\n{PIER}\n\n## 光\n\n{LAMP}"
    assert [passage.id for passage in bank_of(source_of(article, "a.md")).passages] == ["light", "light-2", "passage-3"]


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_of_a_page_only_the_article_is_taken() -> None:
    body = f"""<nav><p>Home and away</p></nav><div class=ad><p>Buy a boat</p></div>
    <article><header><h1>Harbour</h1></header><p>{TIDE}</p><aside><p>Read on</p></aside>
    <figure><img src=x.png alt="A pier"><figcaption>The pier in May</figcaption></figure><p>{PIER}</p>
    <script>var x = "<p>no</p>"</script><div hidden><p>Secret</p></div></article>
    <footer><p>All of Shore News</p></footer>"""
    assert paragraphs(page(body), "a.html") == [TIDE, PIER]
    notes = "\n".join(source_of(page(body), "a.html").notes)
    assert "Read on" in notes
    assert "The pier in May" in notes


def test_without_an_article_element_the_part_with_most_of_the_words_is_taken() -> None:
    body = f"<div><p>Home</p></div><div id=x><p>{TIDE}</p><p>{PIER}</p><p>{LAMP}</p></div><div><p>Contact</p></div>"
    assert paragraphs(page(body), "a.html") == [TIDE, PIER, LAMP]


def test_lists_tables_code_and_quotations_of_a_page() -> None:
    body = f"""<article><p>{TIDE} It was 10<sup>6</sup> tons<sup><a href="#note">1</a></sup>.</p>
    <blockquote><p>{PIER}</p></blockquote>
    <ul><li>Mud<ol><li>grey</ol><li>1. <b>Stones</b> *</ul>
    <table><tr><th>Year<th>Boats<tr><td>1931<td>7 | 8</table><pre><code class="language-python">x = 1

y = 2</code></pre></article>"""
    text = bank_of(source_of(page(body), "a.html")).passages[0].text
    assert "10⁶ tons." in text
    assert f"\n\n{PIER[:50]}" in text
    assert "\n\n- Mud\n  1. grey\n- 1\\. **Stones** *\n\n" in text
    assert "\n\n| Year | Boats |\n|---|---|\n| 1931 | 7 \\| 8 |\n\n" in text
    assert text.endswith("```python\nx = 1\n\ny = 2\n```")


def test_formulas_stay_where_they_can_be_set() -> None:
    assert r"\(x^2\)" in texts(f"# H\n\n{TIDE} So \\(x^2\\) it is.", "a.md")[0]
    math = '<math alttext="x"><mi>x</mi><annotation encoding="application/x-tex">\\frac{1}{2}</annotation></math>'
    assert r"\(\frac{1}{2}\)" in texts(page(f"<p>{TIDE} {math}</p>"), "a.html")[0]
    assert to_plain(texts(f"# H\n\n{TIDE} So \\(\\unknown\\) it is.", "a.md")[0]).endswith(r"So \unknown it is.")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "<p>deep words</p>",
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">deep words</p>",
        "<ul><li><div>" * 20_000 + "deep words",
        "<table><tr><td>" * 20_000 + "deep words",
        "<p>deep words" + "<b><i>" * 20_000,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script><p>deep words",
        "<p>deep words<!--" + "<!" * 100_000,
    ],
    ids=["elements", "attributes", "lists", "tables", "marks", "data", "comments"],
)
def test_a_hostile_page_is_read_as_any_other(body: str) -> None:
    assert to_plain("\n".join(texts(body, "a.html"))).endswith("deep words")


# --- Encodings -----------------------------------------------------------------------------------------------------

CAFÉ = "The café’s boat — naïve, as ever — lies on the mud."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_encodings_that_a_file_can_show(encoding: str, name: str) -> None:
    assert paragraphs(CAFÉ.encode(encoding), name) == [CAFÉ]


def test_a_page_may_say_its_encoding() -> None:
    russian = '<meta charset="windows-1251"><p>Лодки лежат на берегу, и никто их не ждёт.</p>'
    assert paragraphs(russian.encode("cp1251"), "a.html") == ["Лодки лежат на берегу, и никто их не ждёт."]
    assert paragraphs(f"<p>{CAFÉ}".encode("cp1252"), "a.html") == [CAFÉ]
    older = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>' + CAFÉ
    assert paragraphs(older.encode("cp1252"), "a.html") == [CAFÉ]


def test_what_cannot_be_read_is_said_with_its_place() -> None:
    (fault,) = faults_of(f"{TIDE}\n{CAFÉ}".encode("cp1252"))
    assert (fault.code, fault.span.line, fault.span.column) == ("Q009", 2, 8)
    (fault,) = faults_of(b'<meta charset="utf-8"><p>' + CAFÉ.encode("cp1252"), "a.html")
    assert fault.code == "Q009"
    assert [fault.code for fault in faults_of(b"x" * (16 * 2**20 + 1))] == ["Q008"]
    assert [fault.code for fault in faults_of(b" \n\n ")] == ["Q101"]
    (fault,) = faults_of("---\ntitle: [\n---\n\ntext", "a.md")
    assert (fault.code, fault.span.file) == ("Q001", "a.md")


def test_control_characters_and_soft_hyphens_are_dropped() -> None:
    assert paragraphs("The bo\u00adats\x00 lie\x07 on\x1b the mud.") == ["The boats lie on the mud."]
    assert paragraphs("<p>The boats&#1; lie on&#xfeff; the mud.", "a.html") == ["The boats lie on the mud."]


# --- Laws ----------------------------------------------------------------------------------------------------------

_TRAPS = [
    ": ", " #", "'", '"', "# ", "\t", "\u202e", "\u200f", "🦀", "- ", "1. ", "1931) ", "\\", "$$", "{{1}}", "{{", "\\(",
    "\\)", "*", "**", "_", "`", "```", "~~~", "[a](b)", "![", "](", "|", "| - |", "---", "...", "&amp;", "<b>", "</p>",
    "<!--", "+ ", "> ", "%", "@", "!", "? ", ", ", "{", "}", "[", "]", "\u00a0", "\u3000", "\u2028", "日本", "שלום",
    "é", "-\n", "\n", "\n\n", "  \n", "\\\n", "=\n", "===\n", "|-|\n", "17", "By ", "©", "3 May 2021",
    "https://example.org/", "Source: x", "null", "~", "<ul><li>", "<table><tr><td>", "<td>", "<br>", "<pre>",
    "<h2>", "<math>", "<i>",
]  # fmt: skip
_any_text = st.lists(
    st.one_of(st.sampled_from(_TRAPS), st.from_regex(r"[A-Za-z]{1,9}[ .,]?", fullmatch=True),
              st.text(st.characters(codec="utf-8"), max_size=5)),
    max_size=60,
).map("".join)  # fmt: skip
_names = st.sampled_from(["a.txt", "a.md", "a.html"])


def letters(text: str) -> str:
    """What counts as words: letters and digits."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


@given(_any_text, _names, st.sampled_from([1, 20, 180]))
def test_what_is_written_loads(text: str, name: str, words: int) -> None:
    source, found = draft.parse(text.encode(), name)
    if source is None:
        assert found
    else:
        bank_of(source, words)


@given(st.lists(_any_text, min_size=1, max_size=5))
def test_no_word_of_a_text_is_lost(parts: list[str]) -> None:
    middle = "\n\n".join(f"Then: {part} so it was, and no more was said." for part in parts)
    article = f"{TIDE} {PIER}\n\n{middle}\n\n{LAMP}"
    source = source_of(article)
    read = "\n".join(to_plain(passage.text) for passage in bank_of(source).passages)
    if not any("page numbers" in note for note in source.notes):
        assert letters(read) == letters(article)


@given(st.lists(_any_text, min_size=1, max_size=5))
def test_no_word_of_a_page_is_lost(parts: list[str]) -> None:
    from html import escape

    texts = [re.sub("[\x00-\x1f\x7f-\x9f]", "", f"Then: {part} so it was, and no more.") for part in parts]
    marked = [f"<p><em>{escape(text[:7])}</em>{escape(text[7:])}</p>" for text in texts]
    source = source_of(page(f"<article><p>{TIDE}</p>{''.join(marked)}<p>{LAMP}</p></article>"), "a.html")
    read = "\n".join(to_plain(passage.text) for passage in bank_of(source).passages)
    assert letters(read) == letters(TIDE + "".join(texts) + LAMP)


@given(_any_text, _names)
def test_a_text_file_gives_the_same_passages(text: str, name: str) -> None:
    source, _ = draft.parse(text.encode(), name)
    if source is None:
        return
    content = draft.article_text(source).encode()
    written = draft.render(source, id="article", language="en", words=20, text_file="article.txt")
    file, found = parse(written, "article.yaml", beside={"article.txt": content}.get)
    assert [diagnostic.code for diagnostic in found] == ["Q112"], [str(diagnostic) for diagnostic in found]
    assert file is not None
    assert [passage.text.split() for passage in file.passages] == [
        passage.text.split() for passage in bank_of(source, 20).passages
    ]


# --- The command ---------------------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `quizgen new`."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(new)
    try:
        code = app([str(word) for word in words], standalone_mode=False) or 0
    except UsageError as problem:
        return 2, capsys.readouterr().out, problem.format_message()
    out, err = capsys.readouterr()
    return int(code), out, err


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article in a folder of its own, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "harbour.md"
    path.write_text(f"# The old harbour\n\n{TIDE}\n\n{PIER}\n\n{LAMP}\n", encoding="utf-8")
    return path


def test_the_command_writes_a_bank_file(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, article, "--language", "en")
    assert (code, out) == (0, str(Path("question_bank", "the-old-harbour.yaml")) + "\n")
    assert "The old harbour: 1 passage, language en, no items yet" in err
    assert "not found: author, date, publisher, url, license" in err
    file, found = parse(Path("question_bank/the-old-harbour.yaml").read_bytes(), "x")
    assert [diagnostic.code for diagnostic in found] == ["Q112"]
    assert file is not None
    assert file.article.id == "the-old-harbour"
    assert [path.name for path in Path("question_bank").iterdir()] == ["the-old-harbour.yaml"]


def test_the_command_keeps_the_text_beside_the_bank(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, article, "--language", "en", "--text-file", "--words", 20, "--out", "banks/h.yaml")
    text = Path("banks/the-old-harbour.txt")
    assert (code, out.splitlines()) == (0, [str(Path("banks", "h.yaml")), str(text)])
    written = Path("banks/h.yaml").read_text(encoding="utf-8")
    assert TIDE[:30] not in written
    assert f"text_sha256: {sha256(text.read_bytes()).hexdigest()}" in written
    assert re.findall(r"paragraphs: (.*)", written) == ["1", "2", "3"]


@pytest.mark.parametrize("name", ["h.yaml", "the-old-harbour.txt"])
def test_the_command_never_writes_over_a_file(article: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text("mine")
    code, out, err = run(capsys, article, "--language", "en", "--text-file", "--out", "h.yaml")
    assert (code, out) == (2, "")
    assert f"'{name}' is there already" in err
    assert sorted(path.name for path in Path().iterdir()) == sorted(["harbour.md", name])
    assert Path(name).read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--language"),
        (["--language", "english!"], "'english!' is not a language tag"),
        (["--language", "en", "--id", "Old Harbour"], "'Old Harbour' cannot be an id"),
        (["--language", "en", "--id", "../harbour", "--text-file"], "'../harbour' cannot be an id"),
        (["--language", "en", "--id", "\udc80"], "control character"),
    ],
)
def test_the_command_asks_for_what_it_cannot_know(
    article: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, article, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert not Path("question_bank").exists()


def test_the_command_says_what_it_cannot_read(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "nowhere.md")[::2] == (2, "there is no article 'nowhere.md'")
    Path("a.pdf").write_bytes(b"%PDF-1.7")
    assert "save its text" in run(capsys, "a.pdf")[2]
    Path("latin.txt").write_bytes(CAFÉ.encode("cp1252"))
    code, out, err = run(capsys, "latin.txt", "--language", "en")
    assert (code, out) == (1, "")
    assert "latin.txt:1:8: error[Q009]" in err
