"""html-validate finds nothing in any page that students get: as it is written, and as its script has made it."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.form import Candidate
from quizgen.render.index import index_page

from .browsers import IN_CHROMIUM, Browsers, Engine, browsers
from .taking import fill_all, save_page, wait_until_ready
from .test_page import EXAM, FORMS, PRACTICE, form_of

__all__ = ["browsers"]
HERE = Path(__file__).parent
VALIDATOR = HERE.parent / ".setup/node/node_modules/html-validate/bin/html-validate.mjs"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    not (NODE and VALIDATOR.exists()), reason="no html-validate on this machine: install Node and npm, then make test"
)


# How a browser writes down what it has, and what counts only for elements that are to be seen: these are hidden.
AS_MADE = ("attribute-boolean-style", "attribute-empty-style", "unique-landmark", "text-content")


def faults(*paths: Path, besides: Sequence[str] = ()) -> list[str]:
    """What html-validate says of the files, besides these rules."""
    assert NODE
    told = paths[0].with_suffix(".json")
    with told.open("wb") as out:
        options = ("--config", str(HERE / "html-validate.json"), "--formatter", "json")
        command = [NODE, str(VALIDATOR), *options, *map(str, paths)]
        subprocess.run(command, stdout=out, check=False, timeout=60)
    return [
        f"{Path(file['filePath']).name}:{found['line']}: {found['ruleId']}: {found['message']} {found['selector']}"
        for file in json.loads(told.read_text())
        for found in file["messages"]
        if found["ruleId"] not in besides
    ]


def test_pages_are_sound_as_they_are_written(tmp_path: Path) -> None:
    paths = [
        save_page(tmp_path, form_of(name), settings, f"{name}-{settings.mode}.html")
        for name in FORMS
        for settings in (EXAM, PRACTICE)
    ]
    people = [replace(form_of("tides"), id=f"s-{at}", candidate=Candidate(f"s-{at}", "A. <B>")) for at in range(20)]
    for name, forms in {"index": [form_of("tides"), replace(form_of("tides"), id="B")], "class": people}.items():
        path = tmp_path / f"{name}.html"
        path.write_bytes(index_page(forms, EXAM, [[f"form {form.id}.html", f"{form.id}.pdf"] for form in forms]))
        paths.append(path)
    assert faults(*paths) == []


@IN_CHROMIUM
def test_pages_are_sound_as_their_script_makes_them(browsers: Browsers, engine: Engine, tmp_path: Path) -> None:
    made = []
    for settings in (EXAM, PRACTICE):
        form = form_of("tides")
        with browsers.tab(engine, save_page(tmp_path, form, settings)) as page:
            wait_until_ready(page)
            fill_all(page)
            page.get_by_role("button", name="Questions", exact=True).click()
            page.get_by_role("button", name="Close", exact=True).click()
            page.get_by_role("button", name="Check all" if settings is PRACTICE else "Check and hand in").click()
            made.append(tmp_path / f"{settings.mode}.html")
            made[-1].write_text("<!DOCTYPE html>\n" + page.evaluate("document.documentElement.outerHTML"))
    assert faults(*made, besides=AS_MADE) == []


def test_a_fault_would_be_told(tmp_path: Path) -> None:
    path = tmp_path / "faulty.html"
    path.write_text('<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><img src="x"></body></html>')
    assert any("alt" in fault for fault in faults(path))
