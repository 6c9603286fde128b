"""Make the pictures of docs/gallery.md anew: `.venv/bin/python scripts/gallery.py`.

Each is a page, or some side by side, of what `quizgen build` prints of the banks that come along; small, and in greys.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops, ImageOps

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
ARABIC = GALLERY / "arabic"
CLASS = """id,name,edition
7b-01,Ann Lee,
7b-02,"Müller, Bo",
7b-03,Chinara Asanova,
"""
EDITIONS = {
    "standard": (2,),
    "large-print": (2,),
    "dyslexia-friendly": (3,),
    "high-contrast": (2,),
    "one-item-per-page": (1, 2),
    "reduced-options": (2,),
    "read-aloud": (1,),
}
"""Which pages are shown of each edition."""

Pictures = Callable[[Path], dict[str, Image.Image]]
"""What is shown of a build, by its name; given the folder of the build."""


def main() -> None:
    """Build everything, and write the pictures."""
    with TemporaryDirectory() as name:
        scratch = Path(name)
        roster = scratch / "7b.csv"
        roster.write_text(CLASS, encoding="utf-8")
        kyrgyzstan, pendulum = (f"question_bank/{bank}.yaml" for bank in ("kyrgyzstan-2010", "pendulum"))
        arabic = (str(ARABIC / "harbour.yaml"),)
        builds: list[tuple[Sequence[str], Pictures]] = [
            ((kyrgyzstan, "--items", "20", "--roster", str(roster), "--cover", "--sheets"), _of_a_class),
            ((pendulum, "--forms", "8"), _of_teachers),
            ((pendulum, "--cover", "--facing"), lambda at: {"facing": _page(at, "form-A", 1, 2)}),
            ((pendulum, "--two-up"), lambda at: {"two-up": _page(at, "form-A", 0)}),
            ((pendulum, "--edition", ",".join(EDITIONS)), _of_editions),
            (arabic, lambda at: {"arabic": _page(at, "form-A", 0)}),
        ]
        for number, (words, pictures) in enumerate(builds):
            for picture, image in pictures(_built(words, scratch / str(number))).items():
                _save(image, picture)


def _of_a_class(at: Path) -> dict[str, Image.Image]:
    sheet, overlay = _page(at, "7b-03-sheet", 0), _page(at, "overlays", 2, folder="teacher")
    return {
        "cover": _page(at, "7b-03", 0),
        "booklet": _page(at, "7b-03", 2, 5),
        "sheet": sheet,
        "overlay": ImageChops.darker(ImageOps.autocontrast(sheet), overlay),
    }


def _of_teachers(at: Path) -> dict[str, Image.Image]:
    return {
        "key": _page(at, "form-A-key", 0, folder="teacher"),
        "answers": _page(at, "keys", 0, folder="teacher"),
        "grid": _page(at, "grid", 0, folder="teacher"),
    }


def _of_editions(at: Path) -> dict[str, Image.Image]:
    files = {"standard": "form-A", "reduced-options": "form-A-reduced"}
    return {
        edition: _page(at, files.get(edition, f"form-A-{edition}"), *pages, dpi=60)
        for edition, pages in EDITIONS.items()
    }


def _built(words: Sequence[str], out: Path) -> Path:
    """The folder of a build."""
    command = [sys.executable, "-m", "quizgen", "build", *words]
    command += ["--seed", "demo", "--format", "pdf", "--quiet", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, check=True, text=True, stdout=subprocess.PIPE)  # noqa: S603
    return Path(done.stdout.strip())


def _page(at: Path, name: str, *pages: int, folder: str = "students", dpi: int = 70) -> Image.Image:
    """Pages of a file, side by side, each in a frame."""
    with pypdfium2.PdfDocument(at / folder / f"{name}.pdf") as document:
        images = [
            ImageOps.expand(document[page].render(scale=dpi / 72).to_pil().convert("L"), 1, 160) for page in pages
        ]
    whole = Image.new("L", (sum(one.width for one in images), max(one.height for one in images)), 255)
    for number, one in enumerate(images):
        whole.paste(one, (sum(before.width for before in images[:number]), 0))
    return whole


def _save(image: Image.Image, name: str) -> None:
    """A picture in 16 greys."""
    image.quantize(16, dither=Image.Dither.NONE).save(GALLERY / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
