"""Arguments and options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

ManifestArgument = Annotated[
    Path, typer.Argument(help="DIR/<quiz>/teacher/manifest.json of the build.", metavar="MANIFEST")
]
BankOption = Annotated[
    list[Path] | None,
    typer.Option(
        help="A bank file or folder; can be given several times.", show_default="as the manifest says", metavar="PATH"
    ),
]
