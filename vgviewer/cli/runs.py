"""`vgviewer check-run` and `vgviewer export`: what can be done with a run file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, get_args

import typer

from vgviewer.cli.refusal import Refusal
from vgviewer.experiment import AlertKind
from vgviewer.recording import BadRun, Damaged, Recording
from vgviewer.recording.tables import write_csv, write_npz
from vgviewer.runner import Replay

FOUND = 3  # exit code
KINDS = get_args(AlertKind)
RunFile = Annotated[Path, typer.Argument(metavar="RUN", help="A run file: NAME.vgrun.")]


class Form(StrEnum):
    """What a run can be written as."""

    CSV = "csv"
    NPZ = "npz"


def check_run(
    run: RunFile,
    fail_on: Annotated[
        str, typer.Option("--fail-on", metavar="KIND,…", help=f"Of {', '.join(KINDS)}.")
    ] = "vanishing,exploding,non_finite",
) -> None:
    """Exit with 3 when such an alert stood at the run's end; for continuous integration."""
    wanted = [word.strip() for word in fail_on.split(",") if word.strip()]
    for word in wanted:
        if word not in KINDS:
            raise Refusal(f"--fail-on: must be among {', '.join(KINDS)}, is {word}")
    with opened_run(run) as recording:
        last = last_step(recording)
        standing = [
            alert for alert in Replay(recording, last).alerts if alert.stands and alert.kind in wanted
        ]
    for alert in standing:
        typer.echo(f"{alert.title}: {alert.severity}, raised at step {alert.step}\n  {alert.message}")
    if standing:
        raise typer.Exit(FOUND)
    typer.echo(f"No alert of {', '.join(wanted)} stands after step {last}.")


def export(
    run: RunFile,
    to: Annotated[Form, typer.Option("--to", help="csv: a row for each step. npz: all arrays.")],
    out: Annotated[Path, typer.Option("--out", metavar="OUT", help="Where to write.")],
) -> None:
    """Write a run as data that other programs read."""
    with opened_run(run) as recording:
        try:
            (write_csv if to is Form.CSV else write_npz)(recording, out)
        except Damaged as error:
            raise Refusal(f"{run} is damaged: {error}") from error
        if recording.lost:
            typer.echo(f"{run}: {recording.lost}", err=True)
    typer.echo(str(out), err=True)


def opened_run(path: Path) -> Recording:
    """The file; raises Refusal with the sentence that says what is wrong."""
    try:
        return Recording(path)
    except BadRun as error:
        raise Refusal(str(error)) from error


def last_step(recording: Recording) -> int:
    """The last step that it holds; raises Refusal where it holds none."""
    if not len(recording.steps):
        raise Refusal(f"{recording.path} holds no training step. Choose another file.")
    return int(recording.steps[-1])
