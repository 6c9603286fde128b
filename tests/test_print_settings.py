"""How a school prints, in `[print]` of its settings."""

from pathlib import Path

import pytest
from PIL import Image

from quizgen.cli.config import PrintConfig, read_config
from quizgen.cli.usage import UsageError


def settings(folder: Path, text: str, name: str = "quizgen.toml") -> PrintConfig:
    (folder / name).write_text(text)
    return read_config(folder).print


def test_nothing_is_said_by_default(tmp_path: Path) -> None:
    assert settings(tmp_path, 'select = ["Q4"]') == PrintConfig()
    assert PrintConfig().layout == {}
    assert PrintConfig().read_logo() is None


@pytest.mark.parametrize(("name", "table"), [("quizgen.toml", "print"), ("pyproject.toml", "tool.quizgen.print")])
def test_all_settings_are_read(tmp_path: Path, name: str, table: str) -> None:
    Image.new("RGB", (40, 20)).save(tmp_path / "crest.png")
    for folder in ("own", "faces"):
        (tmp_path / folder).mkdir()
    said = settings(
        tmp_path,
        f'[{table}]\nlogo = "crest.png"\nheader = " School No. 5 "\ncolour = "#13A"\npaper = "letter"\ncover = true\n'
        'facing = false\nline-numbers = false\nduplex = true\ntwo-up = true\nsheets = true\ntemplates = "own"\n'
        'fonts = "faces"\n',
        name,
    )
    assert (said.header, said.colour, said.paper) == ("School No. 5", "#1133aa", "letter")
    assert said.layout == {
        "cover": True, "facing": False, "line_numbers": False, "duplex": True, "two_up": True, "sheets": True,
    }  # fmt: skip
    assert (said.templates, said.fonts) == (tmp_path / "own", tmp_path / "faces")
    logo = said.read_logo()
    assert logo
    assert (logo.width, logo.height, logo.media_type) == (40, 20, "image/png")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('colur = "#000"', "did you mean 'colour'?"),
        ('line_numbers = "yes"', "'line_numbers' is not a setting of [print]; did you mean 'line-numbers'?"),
        ("cover = 1", "cover is true or false, not 1"),
        ('duplex = "no"', "duplex is true or false, not 'no'"),
        ('paper = "A5"', "paper is a4 or letter, not 'A5'"),
        ('colour = "navy"', "colour is written as #rrggbb, such as #1a3c8c, not 'navy'"),
        ('colour = "#ffcc00"', "the colour #ffcc00 is too light to be read on white: its contrast is 1.5"),
        ('colour = "#777777"', "its contrast is 4.5, and text needs 4.5"),
        ("colour = 3", "colour takes a text in quotes, not 3"),
        ('header = ""', "header takes one line of text"),
        ('header = "a\\nb"', "header takes one line of text"),
        ('logo = "none.png"', "there is no logo 'none.png'"),
        ('logo = "../crest.png"', "the logo '../crest.png' is not beside the settings"),
        ('logo = "/etc/passwd"', "is not beside the settings"),
        ('templates = "none"', "there is no folder 'none' for templates"),
        ('fonts = "none"', "there is no folder 'none' for fonts"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings(tmp_path, f"[print]\n{line}\n")
    said = caught.value.format_message()
    assert message in said
    assert said.startswith(str(tmp_path / "quizgen.toml"))
    assert "\n" not in said


def test_print_is_a_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"print is a table, \[print\]"):
        settings(tmp_path, 'print = "a4"')


def test_the_darkest_colour_that_is_refused_is_next_to_one_that_is_not(tmp_path: Path) -> None:
    """#767676 is the lightest grey that can be read on white (WCAG 2.2)."""
    assert settings(tmp_path, '[print]\ncolour = "#767676"').colour == "#767676"
    with pytest.raises(UsageError):
        settings(tmp_path, '[print]\ncolour = "#777777"')


def test_a_logo_that_is_no_image_is_told(tmp_path: Path) -> None:
    (tmp_path / "crest.png").write_text("no image")
    said = settings(tmp_path, '[print]\nlogo = "crest.png"')
    with pytest.raises(UsageError, match="is not a PNG, JPEG, WebP or GIF image; save it as PNG"):
        said.read_logo()
