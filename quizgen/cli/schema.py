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
    RESPONSE = "response"


def schema(kind: Annotated[Kind, typer.Argument(help="What the schema is of.")] = Kind.BANK) -> None:
    """Print the JSON Schema (2020-12) of a bank file, a blueprint, a manifest or a response file.

    Example: quizgen schema bank > schema/bank.schema.json
    """
    from pydantic import BaseModel

    from ..bank import BankSchema
    from ..blueprint import Blueprint
    from ..form import Manifest
    from ..grading.response_file import ResponseFile

    models: dict[Kind, type[BaseModel]] = {
        Kind.BANK: BankSchema,
        Kind.BLUEPRINT: Blueprint,
        Kind.MANIFEST: Manifest,
        Kind.RESPONSE: ResponseFile,
    }
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **models[kind].model_json_schema()}
    typer.echo(json.dumps(whole, indent=2, ensure_ascii=False))
