"""Options that several commands share."""

from typing import Annotated

import typer

File = Annotated[
    str, typer.Argument(metavar="FILE", help="A preset: its path, or the name of a shipped one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON value on stdout.")]
Steps = Annotated[int | None, typer.Option("--steps", help="Training steps.", min=1, max=10_000_000)]
Seed = Annotated[int | None, typer.Option("--seed", help="Another seed than the preset's.")]
