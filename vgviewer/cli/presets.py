"""`vgviewer presets` and `vgviewer check`."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vgviewer.cli.options import AsJson
from vgviewer.cli.output import print_json
from vgviewer.experiment import PresetError, Problem, find, load, own, shipped


def presets(as_json: AsJson = False) -> None:
    """List the shipped presets and your own."""
    cards = [*shipped(), *own()]
    if as_json:
        print_json([{"id": c.id, "title": c.title, "summary": c.summary, "path": str(c.path)} for c in cards])
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for card in cards:
        table.add_row(Text(card.id, "bold"), Text(card.summary))
    Console().print(table)


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Presets, by path or name.")],
    as_json: AsJson = False,
) -> None:
    """Validate presets; print every problem with its path."""
    found = {file: _problems(file) for file in files}
    if as_json:
        print_json(
            [
                {"file": file, "problems": [{"path": p.path, "message": p.message} for p in problems]}
                for file, problems in found.items()
            ]
        )
    for file, problems in found.items():
        for problem in problems:
            typer.echo(f"{file}: {problem}", err=True)
        if not problems and not as_json:
            typer.echo(f"{file}: good")
    if any(found.values()):
        raise typer.Exit(2)


def _problems(file: str) -> tuple[Problem, ...]:
    try:
        return load(find(file)).problems
    except PresetError as error:
        return error.problems
