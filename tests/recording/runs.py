"""Runs that were recorded: small, by hand, with everything a run can send."""

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tests.app import inspections_by_hand as by_hand
from tests.app.frames_by_hand import RECURRENT, T, details, started, vanishing_history
from vgviewer.experiment import Experiment
from vgviewer.frames import Changed, Failed, Finished, Frame, History, Inspection, Message, Refused, Started
from vgviewer.frames.history import ALONG_TIME
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.recording import Recorder
from vgviewer.tasks.adding import Adding

EXPERIMENT = Experiment(
    name="Recorded by hand",
    network=Network(
        layers=(
            Rnn(id="rnn1", units=5),
            Lstm(id="lstm2", units=5),
            LastStep(id="last1"),
            Dense(id="dense1", units=5),
        )
    ),
    task=Adding(length=T),
)
FIRST = vanishing_history(1).latest
assert FIRST is not None


def frame(step: int) -> Frame:
    """The frame of a step, with everything that it can have now and then."""
    dice = np.random.default_rng(step)
    readings = {
        name: (values + 0.1 * dice.normal(size=values.shape)).astype(np.float32)
        for name, values in FIRST.readings.items()
    }
    seen = details(RECURRENT, T, -1.0) if step % 5 == 0 else None
    metric = 0.5 / (step + 1) if step % 10 == 0 else None
    norm = None if step == 3 else float(dice.random())
    return Frame(step, float(dice.random()), metric, step % 4 == 0, norm, readings, seen)


def messages(steps: int = 40) -> list[Message]:
    """A whole run of them: metrics, details and inspections in between, a knob that is turned, a refusal, the end."""
    told: list[Message] = [started()]
    for step in range(steps):
        if step % 7 == 0:
            told += [
                by_hand.hops(),
                by_hand.jacobians(),
                by_hand.reach(),
                by_hand.values(),
                by_hand.classes(),
            ]
        if step == 9:
            told += [Changed(9, "lr", 0.25), Refused(9, "reach", "There is nothing to reach.")]
        told.append(frame(step))
    return [*told, Finished(steps, "done", 0.1, 1.5, 0.5, 10)]


def written(path: Path, told: Iterable[Message]) -> Path:
    """The file of such a run."""
    recorder = Recorder(path, EXPERIMENT)
    for message in told:
        recorder.take(message)
    assert recorder.close()
    assert not recorder.problem
    return path


def lived(told: Iterable[Message]) -> Iterable[tuple[int, History]]:
    """The live history after each step, before the next one: what a window would show then. One object, changed."""
    history, step = None, None
    for message in told:
        if isinstance(message, Frame) and step is not None and history is not None:
            yield step, history
        match message:
            case Started():
                history = History(message)
            case Frame() if history is not None:
                history.append(message)
                step = message.step
            case Changed() if history is not None:
                history.changes.append(message)
            case Refused() if history is not None:
                history.refused = message
            case Finished() | Failed() if history is not None:
                history.has_ended = True
            case _ if isinstance(message, Inspection) and history is not None:
                history.inspections[type(message)] = message
    if step is not None and history is not None:
        yield step, history


def facts(history: History) -> dict[str, Any]:
    """Everything that a view can ask a history for."""
    sites = range(len(history.started.sites))
    return {
        "steps": history.steps,
        "losses": history.losses,
        "norms": history.gradient_norms,
        "strikes": history.strikes,
        "layers": {name: history.layers(name) for name in history._layers},
        "through time": {
            name: tuple(history.through_time(name, site) for site in sites) for name in ALONG_TIME
        },
        "latest": history.latest,
        "detailed": history.detailed,
        "metrics": tuple(history.metrics),
        "changes": tuple(history.changes),
        "refused": history.refused,
        "inspections": {kind.__name__: found for kind, found in sorted_by_name(history.inspections)},
        "clipped": history.clipped,
        "ended": history.has_ended,
    }


def sorted_by_name(found: Mapping[type, Any]) -> list[tuple[type, Any]]:
    return sorted(found.items(), key=lambda item: item[0].__name__)


def same(one: Any, other: Any) -> bool:
    """Bit for bit, the kinds of numbers too."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if dataclasses.is_dataclass(one):
        names = [field.name for field in dataclasses.fields(one)]
        return type(one) is type(other) and all(
            same(getattr(one, name), getattr(other, name)) for name in names
        )
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and (one == other or (one != one and other != other))
