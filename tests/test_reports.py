"""What a check found, as others read it: each format is read back by its own reader, schema or grammar.

The laws hold for texts of strangers in every field: control characters, markup, commands, halves of characters.
"""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from junitparser import Failure, JUnitXml, TestCase, TestSuite

from quizgen.diagnostics import Diagnostic, Edit, Severity, Span, error, note, visible, warning
from quizgen.reports import FORMATS, Report, render

PAGES = {
    "Q201": "Q201: the answer is not one of the options.\n\n"
    "Found:   an `answer:` that is neither *true* nor\n         <false>.\n"
    "Why:     nobody could pick it.\n"
    "Example: answer: perhaps\n           # *not* an option\n"
    "Mend:    write true or false.",
    "Q404": 'Q404: an option that speaks of the others is not pinned.\n\nFound:   an option like "None of these".',
}
TITLES = {"Q201": "the answer is not one of the options", "Q404": "an option that speaks of the others is not pinned"}

# What has harmed readers of reports before.
_HOSTILE = [
    "\n::error file=x,line=1::forged", "\r\n::add-mask::a", "##[error]forged", "%0A%25%3A", "::", ",line=9", "]]>",
    "<!--", "&amp;", "<x y='z'>", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ud800", "\udc80", "\ufffe",
    "[here](https://example.org)", "{0}", "{{mud}}", '"', "\\", "\t", " ", "日本", "🛶", "é", "../", "./", "/", "C:\\",
    "a:b", "\ufeff", "\uffff",
]  # fmt: skip
_texts = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.lists(st.sampled_from(_HOSTILE), min_size=1, max_size=4).map("".join),
)
_files = st.one_of(st.just("bank/tides.yaml"), st.just("./bank/rivers.yaml"), _texts)
_codes = st.one_of(st.sampled_from(sorted(PAGES)), st.text(st.characters(codec="utf-8"), min_size=1, max_size=5))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    column = draw(st.integers(1, 500))
    return Span(draw(_files), draw(st.integers(1, 10_000)), column, column + draw(st.integers(1, 50)), draw(_texts))


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    start = draw(st.integers(0, 1000))
    return Edit(start, start + draw(st.integers(0, 50)), draw(_texts))


_diagnostics = st.builds(
    Diagnostic, _codes, st.sampled_from(Severity), _texts, spans(), _texts, st.lists(edits(), max_size=2).map(tuple)
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    found = draw(st.lists(_diagnostics, max_size=6))
    files = draw(st.lists(_files, max_size=4))
    return Report(found, files, draw(st.integers(0, 999)), "0.1.0", PAGES, Counter(each.severity for each in found))


def sound(text: str) -> str:
    """What any reader of UTF-8 can be given."""
    return "".join("\ufffd" if unicodedata.category(char) == "Cs" else char for char in text)


def loaded(report: Report, format: Any) -> Any:
    """A JSON report, read as strictly as JSON is meant."""
    written = render(report, format)
    assert written.isascii()
    value = json.loads(written, parse_constant=pytest.fail)
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # raises where half a character is left
    return value


# text


@given(reports())
def test_text_is_what_a_terminal_shows(report: Report) -> None:
    written = render(report, "text")
    assert written == "".join(str(each) + "\n" for each in report.found)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", written)


# json


@given(reports())
def test_json_says_all_of_every_diagnostic(report: Report) -> None:
    value = loaded(report, "json")
    assert (value["quizgen"], value["schema"]) == (report.version, 1)
    assert (value["files"], value["items"]) == (len(report.files), report.items)
    for severity, key in zip(Severity, ("errors", "warnings", "notes"), strict=True):
        assert value[key] == report.counts[severity]
    assert value["diagnostics"] == [
        {
            "code": each.code,
            "severity": each.severity.value,
            "title": TITLES.get(each.code, ""),
            "message": sound(each.message),
            "hint": sound(each.hint),
            "file": sound(PurePath(each.span.file).as_posix()),
            "line": each.span.line,
            "column": each.span.column,
            "end_column": each.span.end,
            "fix": [{"start": edit.start, "end": edit.end, "text": sound(edit.text)} for edit in each.fix],
        }
        for each in report.found
    ]


def test_json_counts_what_a_limit_hides() -> None:
    report = replace(report_of(error("Q201", "no", Span("a.yaml"))), counts={Severity.ERROR: 120, Severity.WARNING: 3})
    value = loaded(report, "json")
    assert (value["errors"], value["warnings"], value["notes"], len(value["diagnostics"])) == (120, 3, 0, 1)


# github

_COMMAND = re.compile(r"::(?P<name>[a-z]+) (?P<properties>[^:]*)::(?P<data>.*)")


def workflow_command(line: str) -> tuple[str, dict[str, str], str]:
    """A line as GitHub's runner takes it: a name, properties and data, `%` and two digits being an escape in both."""
    command = _COMMAND.fullmatch(line)
    assert command, line
    properties = dict(part.split("=", 1) for part in command["properties"].split(","))
    return command["name"], {name: _plain(value) for name, value in properties.items()}, _plain(command["data"])


def _plain(escaped: str) -> str:
    return re.sub("%(0A|0D|25|3A|2C)", lambda match: chr(int(match[1], 16)), escaped)


@given(reports())
def test_github_gets_one_command_for_each_diagnostic(report: Report) -> None:
    written = render(report, "github")
    lines = re.split(r"[\r\n]", written)[:-1]
    assert len(lines) == len(report.found)
    assert "\x1b" not in written
    for line, each in zip(lines, report.found, strict=True):
        name, properties, data = workflow_command(line)
        assert name == {"error": "error", "warning": "warning", "note": "notice"}[each.severity]
        title = properties.pop("title")
        assert title.startswith(visible(each.code))
        assert properties == {
            "file": visible(PurePath(each.span.file).as_posix()),
            "line": str(each.span.line),
            "col": str(each.span.column),
            "endColumn": str(each.span.end),
        }
        assert data == visible(each.message) + (f"\nhint: {visible(each.hint)}" if each.hint else "")


def test_a_message_cannot_forge_a_command() -> None:
    forged = error("Q201", "a\n::error file=b.yaml::100%\r", Span("a,line=9:b.yaml"))
    assert render(report_of(forged), "github") == (
        "::error file=a%2Cline=9%3Ab.yaml,line=1,col=1,endColumn=2,title=Q201%3A the answer is not one of the options"
        "::a\\u000a::error file=b.yaml::100%25\\u000d\n"
    )


# gitlab

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, as a schema."""


@given(reports())
def test_gitlab_gets_one_entry_for_each_diagnostic(report: Report) -> None:
    value = loaded(report, "gitlab")
    Draft202012Validator(GITLAB).validate(value)
    assert [
        (entry["check_name"], entry["severity"], entry["location"]["path"], entry["location"]["lines"]["begin"])
        for entry in value
    ] == [
        (
            each.code,
            {"error": "major", "warning": "minor", "note": "info"}[each.severity],
            sound(PurePath(each.span.file).as_posix()),
            each.span.line,
        )
        for each in report.found
    ]
    for entry, each in zip(value, report.found, strict=True):
        assert visible(each.message) in entry["description"]
        assert visible(each.hint) in entry["description"]
        assert entry["description"] == visible(entry["description"])


@given(reports(), st.integers(1, 50))
def test_a_diagnostic_is_known_again_where_lines_have_moved(report: Report, lines: int) -> None:
    def moved(each: Diagnostic) -> Diagnostic:
        span = replace(
            each.span, line=each.span.line + lines, column=each.span.column + 2, source="  " + each.span.source
        )
        return replace(each, span=span, hint=f"the other is in line {lines}")

    later = replace(report, found=[moved(each) for each in report.found])
    before, after = fingerprints(report), fingerprints(later)
    assert before == after
    assert len(set(before)) == len(before)


def test_a_diagnostic_is_told_from_others() -> None:
    first = error("Q201", "no", Span("a.yaml", 1, source="answer: no"))
    others = [
        replace(first, code="Q404"),
        replace(first, message="yes"),
        replace(first, span=replace(first.span, file="b.yaml")),
        replace(first, span=replace(first.span, source="answer: yes")),
        first,
    ]
    before = fingerprints(report_of(first, *others))
    assert len(set(before)) == 6
    assert fingerprints(report_of(first, *others[1:])) == [before[0], *before[2:]]


def fingerprints(report: Report) -> list[str]:
    """As GitLab reads them; code scanning gets the same."""
    known_by = [entry["fingerprint"] for entry in loaded(report, "gitlab")]
    results = loaded(report, "sarif")["runs"][0]["results"]
    assert [result["partialFingerprints"]["quizgen/v1"] for result in results] == known_by
    return known_by


# sarif


@cache
def sarif_schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_bytes()))


@given(reports())
def test_sarif_is_valid_and_says_every_diagnostic(report: Report) -> None:
    value = loaded(report, "sarif")
    sarif_schema().validate(value)
    (run,) = value["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted({each.code for each in report.found})
    for result, each in zip(run["results"], report.found, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert (result["ruleId"], result["level"]) == (each.code, each.severity)
        assert place["region"] == {
            "startLine": each.span.line,
            "startColumn": each.span.column,
            "endColumn": each.span.end,
        }
        assert path_of(place["artifactLocation"]["uri"]) == sound(PurePath(each.span.file).as_posix())
        message = result["message"]["text"]
        assert message.replace("] (", "](").startswith(visible(each.message).replace("] (", "]("))
        assert not re.search(r"\[[^\]]*\]\(", message)
        replacements = [
            (change["deletedRegion"]["charOffset"], change["deletedRegion"]["charLength"], change["insertedContent"])
            for fix in result.get("fixes", ())
            for change in fix["artifactChanges"][0]["replacements"]
        ]
        assert replacements == [(edit.start, edit.end - edit.start, {"text": sound(edit.text)}) for edit in each.fix]


def path_of(uri: str) -> str:
    """The file that a reference leads to, from a folder that is not named."""
    parts = urlsplit(uri)
    assert uri.isascii()
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) in [("", "", "", ""), ("file", "", "", "")]
    assert (parts.scheme == "file") == parts.path.startswith("/")
    return unquote(parts.path)


def test_a_rule_of_sarif_has_its_manual_page() -> None:
    (rule,) = loaded(report_of(warning("Q201", "no", Span("a"))), "sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "the answer is not one of the options"
    assert rule["fullDescription"]["text"] == "an `answer:` that is neither *true* nor <false>."
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert rule["help"]["text"] == PAGES["Q201"]
    assert rule["help"]["markdown"] == (
        "the answer is not one of the options\n\n"
        "**Found** an `answer:` that is neither \\*true\\* nor \\<false>.\n\n"
        "**Why** nobody could pick it.\n\n"
        "**Example**\n\n~~~\nanswer: perhaps\n  # *not* an option\n~~~\n\n"
        "**Mend** write true or false."
    )


def test_a_code_without_a_page_is_a_rule_even_so() -> None:
    (rule,) = loaded(report_of(note("Q999", "hm", Span("a"))), "sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["shortDescription"]["text"], rule["fullDescription"]["text"], rule["help"]["text"]) == ("Q999",) * 3


def test_a_rule_has_the_level_of_its_worst_result() -> None:
    found = [note("Q201", "hm", Span("a")), error("Q201", "no", Span("b")), warning("Q201", "well", Span("c"))]
    (rule,) = loaded(report_of(*found), "sarif")["runs"][0]["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "error"


def test_a_fix_of_sarif_mends_the_file() -> None:
    before = "a: 🛶\r\nlast: None of these\r\n"
    start = before.index("None")
    fix = (
        Edit(start, start, "{text: "),
        Edit(start + len("None of these"), start + len("None of these"), ", pinned: last}"),
    )
    (result,) = loaded(report_of(warning("Q404", "no", Span("a"), fix=fix)), "sarif")["runs"][0]["results"]
    text = list(before)
    for change in reversed(result["fixes"][0]["artifactChanges"][0]["replacements"]):
        region = change["deletedRegion"]
        text[region["charOffset"] : region["charOffset"] + region["charLength"]] = change["insertedContent"]["text"]
    assert "".join(text) == "a: 🛶\r\nlast: {text: None of these, pinned: last}\r\n"


# junit


def xml_text(text: str) -> str:
    """What a diagnostic that a terminal can show becomes where XML must hold it."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


@given(reports())
def test_junit_has_a_test_for_each_file(report: Report) -> None:
    written = render(report, "junit")
    assert written.isascii()
    suites = list(JUnitXml.fromstring(written.encode()))
    (suite,) = suites
    assert isinstance(suite, TestSuite)
    told: dict[str, list[Diagnostic]] = {PurePath(file).as_posix(): [] for file in report.files}
    for each in report.found:
        told.setdefault(PurePath(each.span.file).as_posix(), []).append(each)
    cases = list(suite)
    assert [case.name for case in cases] == [xml_text(visible(file)) for file in told]
    assert (suite.tests, suite.failures) == (len(told), sum(not case.is_passed for case in cases))
    for case, found in zip(cases, told.values(), strict=True):
        assert isinstance(case, TestCase)
        errors = [str(each) for each in found if each.severity is Severity.ERROR]
        others = [str(each) for each in found if each.severity is not Severity.ERROR]
        assert [type(result) for result in case.result] == [Failure] * bool(errors)
        assert [result.text for result in case.result] == [xml_text("\n".join(errors))] * bool(errors)
        assert (case.system_out or "") == xml_text("\n".join(others))


def test_a_failure_says_in_one_line_what_is_wrong() -> None:
    found = [error("Q201", "no\nno", Span("a")), warning("Q404", "well", Span("a")), error("Q404", "never", Span("a"))]
    (suite,) = JUnitXml.fromstring(render(report_of(*found), "junit").encode())
    (case,) = suite
    assert case.result[0].message == "Q201: no\\u000ano (and 1 more)"


# all


def report_of(*found: Diagnostic, files: tuple[str, ...] = (), root: str = "") -> Report:
    return Report(found, files, 12, "0.1.0", PAGES, Counter(each.severity for each in found), root)


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found(format: Any) -> None:
    report = report_of(files=("a.yaml", "b.yaml"))
    written = render(report, format)
    match format:
        case "text" | "github":
            assert written == ""
        case "junit":
            (suite,) = JUnitXml.fromstring(written.encode())
            assert [(case.name, case.is_passed) for case in suite] == [("a.yaml", True), ("b.yaml", True)]
        case "sarif":
            sarif_schema().validate(json.loads(written))
            assert json.loads(written)["runs"][0]["results"] == []
        case "json":
            assert json.loads(written)["diagnostics"] == []
        case "gitlab":
            assert json.loads(written) == []


@pytest.mark.parametrize(
    ("given_as", "named"),
    [
        ("/work/quiz/bank/a b.yaml", "bank/a b.yaml"),
        ("./bank//a b.yaml", "bank/a b.yaml"),
        ("bank/a b.yaml", "bank/a b.yaml"),
        ("/elsewhere/a b.yaml", "/elsewhere/a b.yaml"),
        ("/work/quizzes/a b.yaml", "/work/quizzes/a b.yaml"),
    ],
)
def test_files_are_named_as_seen_from_the_root(given_as: str, named: str) -> None:
    report = report_of(error("Q201", "no", Span(given_as)), files=(given_as,), root="/work/quiz")
    assert loaded(report, "json")["diagnostics"][0]["file"] == named
    assert loaded(report, "gitlab")[0]["location"]["path"] == named
    assert workflow_command(render(report, "github").rstrip("\n"))[1]["file"] == named
    place = loaded(report, "sarif")["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    uri = named.replace(" ", "%20")
    assert place["artifactLocation"]["uri"] == (f"file://{uri}" if named.startswith("/") else uri)
    (suite,) = JUnitXml.fromstring(render(report, "junit").encode())
    assert [case.name for case in suite] == [named]


# docs

DOCUMENTED = [
    error(
        "Q201",
        "'perhaps' is not one of the options",
        Span("question_bank/tides.yaml", 14, 13, 20, "    answer: perhaps"),
        "one of: true, false",
    ),
    warning(
        "Q404",
        "'None of these' is not pinned to the end",
        Span("question_bank/tides.yaml", 21, 9, 22, "      - None of these"),
        "write: {text: None of these, pinned: last}",
        (Edit(412, 425, "{text: None of these, pinned: last}"),),
    ),
]


@pytest.mark.parametrize("format", FORMATS)
def test_the_documentation_shows_what_is_written(format: Any) -> None:
    page = (Path(__file__).parent.parent / "docs" / "check-formats.md").read_text(encoding="utf-8")
    match = re.search(rf"(?ms)^## `{format}`$.*?^```\w*\n(.*?)^```$", page)
    assert match, f"no example of {format}"
    files = ("question_bank/tides.yaml", "question_bank/rivers.yaml")
    pages = {
        "Q201": "Q201: the answer is not one of the options.",
        "Q404": "Q404: an option that speaks of the other options may be printed before them.",
    }
    report = replace(report_of(*DOCUMENTED, files=files), pages=pages)
    written = render(report, format)
    if format == "sarif":  # the page shows one result, for the whole is long
        written = json.dumps(json.loads(written)["runs"][0]["results"][1], indent=2) + "\n"
    assert match[1] == written
