"""`vgviewer train`: a run without a window."""

import math
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from vgviewer.cli.opening import opened
from vgviewer.cli.options import AsJson, File, Seed, Steps
from vgviewer.cli.output import print_json
from vgviewer.cli.refusal import Refusal
from vgviewer.diagnosis import Alert
from vgviewer.experiment import Experiment, SaveError
from vgviewer.frames import QUANTITIES, Finished, Frame, Message
from vgviewer.recording import ENDING, Recorder
from vgviewer.runner import Session, follow

WIDTH = 100  # characters of a line of plain output
LABEL = 8  # characters of them for what a paragraph is about
REMEDIES = 3  # of the ranked list; --json has all of them


def train(
    file: File,
    steps: Steps = None,
    seed: Seed = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="OUT.vgrun", help="Keep the run in a file.")
    ] = None,
    no_capture: Annotated[
        bool, typer.Option("--no-capture", help="Train without looking at gradients.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Train a preset without a window and say how its gradients did."""
    experiment = opened(file, steps=steps, seed=seed)
    recorder = _recorder(record, experiment) if record else None
    session = Session(experiment, recorder)
    losses: list[float] = []
    readings: list[float] = []
    ended = Finished(0, "done")
    messages = follow(session, () if no_capture else tuple(QUANTITIES))
    if recorder is not None:
        messages = _at_its_pace(recorder, messages)
    for message in _with_progress(experiment, messages):
        if isinstance(message, Frame):
            losses.append(message.loss)
        if isinstance(message, Frame | Finished) and message.metric is not None:
            readings.append(message.metric)
        if isinstance(message, Finished):
            ended = message
    if recorder is not None:
        recorder.close(None)
        if recorder.problem:
            raise SaveError(
                f"{record}: {recorder.problem} Free some space and train again; the steps before are in the file."
            )
    report = _report(experiment, session, ended, losses, readings)
    if as_json:
        print_json(report)
    else:
        _print(report)


def _recorder(path: Path, experiment: Experiment) -> Recorder:
    """A new file; raises Refusal where there is one already, or none can be made."""
    if path.suffix != ENDING:
        raise Refusal(f"--record: must end in {ENDING}, is {path}")
    try:
        return Recorder(path, experiment)
    except FileExistsError as error:
        raise Refusal(f"--record: {path} exists already. Remove it or choose another name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(f"--record: {path} cannot be made: {reason}. Choose another place.") from error


def _at_its_pace(recorder: Recorder, messages: Iterator[Message]) -> Iterator[Message]:
    """No step is made before the file has taken what came."""
    for message in messages:
        recorder.wait()
        yield message


def _with_progress(experiment: Experiment, messages: Iterator[Message]) -> Iterator[Message]:
    """The messages themselves, with a progress bar on stderr."""
    columns = TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}")
    loss = math.nan
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("training", total=experiment.training.steps)
        for message in messages:
            if isinstance(message, Frame):
                loss = message.loss
                progress.update(bar, completed=message.step, description=f"loss {loss:.4g}")
            yield message


def _report(
    experiment: Experiment, session: Session, ended: Finished, losses: list[float], readings: list[float]
) -> dict[str, Any]:
    """The contract's value for `train --json`, and the reason for which the run ended."""
    best = max if experiment.metric == "accuracy" else min
    return {
        "steps": ended.step,
        "loss": _first_last_best(losses, min),
        "metric": {"name": experiment.metric} | _first_last_best(readings, best),
        "verdict": session.verdict,
        "reason": session.reason,
        "ended": ended.reason,
        "clipped": ended.clipped,
        "alerts": [_alert(session, alert) for alert in session.alerts],
        "seconds": {"training": ended.training_seconds, "capture": ended.capture_seconds},
    }


def _first_last_best(values: list[float], best: Any) -> dict[str, float | None]:
    finite = [value for value in values if math.isfinite(value)]
    first, last = (values[0], values[-1]) if values else (None, None)
    return {"first": first, "last": last, "best": best(finite) if finite else None}


def _alert(session: Session, alert: Alert) -> dict[str, Any]:
    remedies = [{"id": offer.id, "title": offer.title} for offer in session.offers(alert)]
    return {"title": alert.title} | asdict(alert) | {"remedies": remedies}


def _print(report: dict[str, Any]) -> None:
    loss, metric = report["loss"], report["metric"]
    typer.echo(f"{report['verdict']} after {report['steps']} steps")
    typer.echo(textwrap.fill(report["reason"], WIDTH, initial_indent="  ", subsequent_indent="  "))
    if report["ended"] == "non_finite":
        typer.echo("Training stopped by itself: a number was not finite. The last finite weights were kept.")
    typer.echo(f"loss {_number(loss['first'])} → {_number(loss['last'])}, best {_number(loss['best'])}")
    typer.echo(f"{metric['name']} {_number(metric['first'])} → {_number(metric['last'])}")
    if report["clipped"]:
        typer.echo(f"clipping struck at {report['clipped']} of {report['steps']} steps")
    for alert in report["alerts"]:
        _print_alert(alert, report["reason"])


def _print_alert(alert: dict[str, Any], reason: str) -> None:
    ending = "" if alert["until"] is None else f", taken back at step {alert['until']}"
    typer.echo(f"\n{alert['title']}: {alert['severity']}, raised at step {alert['step']}{ending}")
    if alert["message"] not in reason:  # which has been printed
        _print_block("what", alert["message"])
    if alert["cause"]:
        _print_block("why", alert["cause"]["text"])
    for number, remedy in enumerate(alert["remedies"][:REMEDIES], start=1):
        _print_block("try" if number == 1 else "", f"{number}. {remedy['title']}")


def _print_block(label: str, text: str) -> None:
    """A paragraph beside its label."""
    indent = " " * LABEL
    typer.echo(textwrap.fill(text, WIDTH, initial_indent=f"  {label}".ljust(LABEL), subsequent_indent=indent))


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.4g}"
