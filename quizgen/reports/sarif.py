"""SARIF 2.1.0, the format of code scanning: diagnostics with their rules, their places and the edits that mend them.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html; what GitHub makes of
it: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
"""

import re
from pathlib import Path
from urllib.parse import quote

from ..diagnostics import Diagnostic, Severity, visible
from .fingerprint import fingerprints
from .report import Report, as_json, told, whole

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """One run. Its rules are the codes that were found, each with its manual page."""
    levels: dict[str, Severity] = {}
    for severity in Severity:  # from error to note: a code that comes as both has the level of the worse
        for found in report.found:
            if found.severity is severity:
                levels.setdefault(found.code, severity)
    rules = [_rule(report, code, levels[code]) for code in sorted(levels)]
    results = [
        _result(report, found) | {"partialFingerprints": {"quizgen/v1": known_by}}
        for found, known_by in zip(report.found, fingerprints(report), strict=True)
    ]
    driver = {"name": "quizgen", "version": report.version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(report: Report, code: str, level: Severity) -> dict[str, object]:
    title = report.title(code) or code
    page = report.pages.get(code, "") or code
    sections = _sections(page)
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": " ".join(dict(sections).get("Found", title).split())},
        "help": {"text": page, "markdown": _markdown(title, sections)},
        "defaultConfiguration": {"level": level},
    }


def _result(report: Report, found: Diagnostic) -> dict[str, object]:
    place = found.span
    artifact = {"uri": _uri(report.path(place.file))}
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end}
    result: dict[str, object] = {
        "ruleId": found.code,
        "level": found.severity,
        "message": _message(told(found)),
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if found.fix:
        replacements = [
            {
                "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
                "insertedContent": {"text": edit.text},
            }
            for edit in found.fix
        ]
        changes = [{"artifactLocation": artifact, "replacements": replacements}]
        result["fixes"] = [{"description": _message(visible(found.hint or found.message)), "artifactChanges": changes}]
    return result


def _message(text: str) -> dict[str, str]:
    """A plain text message, in which no words of a stranger's can be a link.

    The specification also wants braces doubled, for `{0}` may stand for an argument. There are no arguments here, and
    the viewers that leave doubled braces as they are would show a gap as `{{{{mud}}}}`; so braces stay what they are.
    """
    return {"text": text.replace("](", "] (")}


def _uri(path: str) -> str:
    """The path as a reference: percent-encoded, and relative if the path is."""
    absolute = Path(whole(path))
    return absolute.as_uri() if absolute.is_absolute() else quote(whole(path))


def _sections(page: str) -> list[tuple[str, str]]:
    """The parts of a manual page below its title: a label, and what stands right of it, from column 10."""
    _, *parts = re.split(r"(?m)^([A-Z][a-z]+):[ ]+", page.partition("\n")[2])
    return [(name, re.sub("(?m)^ {1,9}", "", text).strip()) for name, text in zip(parts[::2], parts[1::2], strict=True)]


def _markdown(title: str, sections: list[tuple[str, str]]) -> str:
    """The manual page in GitHub's Markdown: an example stays as it is; elsewhere only code in backticks is markup."""
    shown = [
        f"**{name}**\n\n~~~\n{text}\n~~~" if name == "Example" else f"**{name}** {_literal(' '.join(text.split()))}"
        for name, text in sections
    ]
    return "\n\n".join([_literal(title), *shown])


def _literal(text: str) -> str:
    return re.sub(r"(`[^`]*`)|([\\*_<\[])", lambda match: match[1] or f"\\{match[2]}", text)
