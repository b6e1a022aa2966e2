"""`vgviewer bakeoff`: our rules and the published ones over the labelled runs."""

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from vgviewer import __version__
from vgviewer.bakeoff.labelled import TROUBLES, Half, Labelled, labelled_runs
from vgviewer.cli.options import AsJson
from vgviewer.cli.output import print_json
from vgviewer.cli.refusal import Refusal

if TYPE_CHECKING:
    from vgviewer.bakeoff.standings import Cell, Standing
    from vgviewer.bakeoff.trial import Outcome

HEADS = {
    "vanishing_depth": "vanish\ndepth",
    "vanishing_time": "vanish\ntime",
    "exploding": "explode",
    "non_finite": "not\nfinite",
    "dead_units": "dead\nunits",
}


def bakeoff(
    half: Annotated[
        Half | None, typer.Option("--half", help="Only the half that the rules were tuned on, or the other.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Only this run; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let our rules and the published ones judge the same labelled runs, and count who was right."""
    from vgviewer.bakeoff.standings import standings

    runs = _chosen(half, only or [])
    found = standings(runs, _outcomes(runs))
    if as_json:
        print_json(_report(half, runs, found))
    else:
        _show(runs, found)


def _chosen(half: Half | None, only: Sequence[str]) -> list[Labelled]:
    runs = [run for run in labelled_runs() if half in (None, run.half)]
    known = {run.name for run in runs}
    for name in only:
        if name not in known:
            raise Refusal(f"no labelled run is called {name}; take one such as {min(known)}")
    return [run for run in runs if run.name in only] if only else runs


def _outcomes(runs: Sequence[Labelled]) -> "list[Outcome]":
    """Of all judges, with a progress bar on stderr."""
    from vgviewer.bakeoff.contest import contest

    columns = TextColumn("judging"), BarColumn(), TextColumn("{task.completed}/{task.total} runs")
    said: list[Outcome] = []
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("judging", total=len(runs))
        for outcomes in contest(runs):
            said += outcomes
            progress.advance(bar)
    return said


def _report(half: Half | None, runs: Sequence[Labelled], found: "Sequence[Standing]") -> dict[str, Any]:
    from vgviewer.bakeoff.published import TOOLS

    sources = {tool.name: tool.source for tool in TOOLS}
    packages = {name: version(name) for name in ("torch", "numpy")}
    return {
        "half": half or "both",
        "runs": len(runs),
        "healthy": sum(run.is_healthy for run in runs),
        "judges": [
            {
                "judge": one.judge,
                "source": sources.get(one.judge),
                "troubles": {trouble: _cell(cell) for trouble, cell in one.cells.items()},
                "total": {"hits": one.hits, "misses": one.misses, "false_alarms": one.false_alarms},
                "alarmed": one.alarmed,
                "warned": one.warned,
                "right_verdicts": one.right_verdicts,
            }
            for one in found
        ],
        "versions": {"vgviewer": __version__, "python": platform.python_version(), **packages},
    }


def _cell(cell: "Cell") -> dict[str, Any]:
    return {
        "hits": len(cell.hits),
        "misses": len(cell.misses),
        "false_alarms": len(cell.false_alarms),
        "median_delay": cell.median_delay,
        "missed": cell.misses,
        "falsely_alarmed": cell.false_alarms,
    }


def _show(runs: Sequence[Labelled], found: "Sequence[Standing]") -> None:
    healthy = sum(run.is_healthy for run in runs)
    table = Table(box=SIMPLE, pad_edge=False, collapse_padding=True)  # fits into 80 columns
    for head in ("judge", *HEADS.values(), "all", "alarmed"):
        table.add_column(head, no_wrap=True, justify="left" if head == "judge" else "right")
    for one in found:
        cells = [one.cells[trouble] for trouble in TROUBLES]
        figures = [_figures(len(cell.hits), len(cell.misses), len(cell.false_alarms)) for cell in cells]
        every = _figures(one.hits, one.misses, one.false_alarms)
        table.add_row(one.judge, *figures, every, f"{len(one.alarmed)}/{healthy}")
    Console().print(table)
    typer.echo("Hits/cases, +false alarms on healthy runs; alarmed: healthy runs with any critical alarm.")
    typer.echo(f"{len(runs)} runs, {healthy} of them healthy.")


def _figures(hits: int, misses: int, false_alarms: int) -> str:
    return f"{hits}/{hits + misses}\n+{false_alarms}"
