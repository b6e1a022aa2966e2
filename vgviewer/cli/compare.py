"""`vgviewer compare`: two presets or runs, side by side."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vgviewer.cli.opening import opened
from vgviewer.cli.options import AsJson, Steps
from vgviewer.cli.output import print_json
from vgviewer.cli.runs import last_step, opened_run
from vgviewer.experiment.differences import differences
from vgviewer.frames import Finished
from vgviewer.recording import ENDING
from vgviewer.runner import Replay, Session, follow

Which = Annotated[str, typer.Argument(metavar="FILE", help="A preset, by path or name, or a run file.")]

FACTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "seed": lambda facts: str(facts["seed"]),
    "steps": lambda facts: str(facts["steps"]),
    "verdict": lambda facts: str(facts["verdict"]),
    "loss, first": lambda facts: _word((facts["loss"] or {}).get("first")),
    "loss, last": lambda facts: _word((facts["loss"] or {}).get("last")),
    "baseline": lambda facts: _word(facts["baseline"]),
    "alerts that stand": lambda facts: "; ".join(facts["alerts"]) or "none",
}


def compare(first: Which, second: Which, steps: Steps = None, as_json: AsJson = False) -> None:
    """Set two presets or runs side by side: what differs in them, and what became of them. Presets are trained from
    one seed."""
    one = _session(first, steps, None)
    other = _session(second, steps, one.experiment.training.seed)
    told = {
        "a": _facts(first, one),
        "b": _facts(second, other),
        "differences": [
            {"path": path, "a": here, "b": there}
            for path, here, there in differences(one.experiment, other.experiment)
        ],
    }
    if as_json:
        print_json(told)
    else:
        _print(told)


def _session(file: str, steps: int | None, seed: int | None) -> Session:
    """A run file at its end; a preset trained."""
    if Path(file).suffix == ENDING:
        with opened_run(Path(file)) as recording:
            return Replay(recording, last_step(recording))
    session = Session(opened(file, steps=steps, seed=seed))
    for _ in follow(session):
        pass
    return session


def _facts(file: str, session: Session) -> dict[str, Any]:
    history = session.history
    assert history is not None
    latest = history.latest
    metric = session.ended.metric if isinstance(session.ended, Finished) else None
    return {
        "file": file,
        "name": session.experiment.name,
        "seed": session.experiment.training.seed,
        "steps": latest.step + 1 if latest else 0,
        "loss": {"first": float(history.losses[0]), "last": float(history.losses[-1])} if latest else None,
        "baseline": history.started.baseline,
        "metric": {"name": history.started.metric_name, "last": metric},
        "verdict": session.verdict,
        "reason": session.reason,
        "alerts": [alert.title for alert in session.alerts if alert.stands],
    }


def _print(told: Mapping[str, Any]) -> None:
    console = Console()
    table = Table("", told["a"]["name"], told["b"]["name"], box=None, pad_edge=False)
    for words, here, there in _rows(told["a"], told["b"]):
        table.add_row(words, here, there)
    console.print(table)
    if told["differences"]:
        console.print()
        table = Table("what differs", "", "", box=None, pad_edge=False)
        for each in told["differences"]:
            table.add_row(each["path"], _word(each["a"]), _word(each["b"]))
        console.print(table)
    else:
        console.print("\nNetwork, task and training are the same.")


def _rows(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for words, fact in FACTS.items():
        yield words, fact(one), fact(other)


def _word(value: object) -> str:
    return "none" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
