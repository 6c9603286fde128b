"""`quizgen schema`: JSON Schema for editors and other programs."""

import json
from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """What a schema is of."""

    BANK = "bank"
    BLUEPRINT = "blueprint"
    MANIFEST = "manifest"


def schema(kind: Annotated[Kind, typer.Argument(help="What the schema is of.")] = Kind.BANK) -> None:
    """Print the JSON Schema (2020-12) of a bank file, a blueprint or a manifest.

    Example: quizgen schema bank > schema/bank.schema.json
    """
    from pydantic import BaseModel

    from ..bank import BankSchema
    from ..blueprint import Blueprint
    from ..form import Manifest

    models: dict[Kind, type[BaseModel]] = {Kind.BANK: BankSchema, Kind.BLUEPRINT: Blueprint, Kind.MANIFEST: Manifest}
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **models[kind].model_json_schema()}
    typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
