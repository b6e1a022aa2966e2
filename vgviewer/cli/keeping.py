"""What it costs to keep a run, and to look back into it, for `vgviewer bench`."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, Started
from vgviewer.network import Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.rnn import Rnn
from vgviewer.recording import Recorder, Recording
from vgviewer.runner import Replay, Run, Session
from vgviewer.tasks.adding import Adding

if TYPE_CHECKING:
    from vgviewer.engine.bench import Goal

LAYERS, TIMESTEPS = 16, 256
ENDLESS = 10_000_000
STEPS_IN_A_TURN = 20
SHARE, OPEN_S, SEEK_MS = 0.95, 1.0, 20.0
OPENED, SEEKS = 5, 200
POLL_S = 0.002


def of_keeping(pairs: int, frames: int) -> Iterator["Goal"]:
    """Steps per second with a recorder over without, interleaved; a file of so many frames: bytes, opening, seeking."""
    from vgviewer.engine.bench import Goal, middle

    with tempfile.TemporaryDirectory() as folder:
        shares = _shares(Path(folder), pairs)
        told = f"{LAYERS} layers, {TIMESTEPS} timesteps: steps per second recorded over not, at least"
        yield Goal(told, SHARE, middle(shares), at_least=True)
        path = Path(folder) / "long.vgrun"
        raw = _write(path, frames)
        part = path.stat().st_size / raw
        told = f"bytes per frame ({path.stat().st_size / frames:,.0f}) over those of its arrays ({raw / frames:,.0f})"
        yield Goal(told, 1.0, middle([part, part]))
        yield Goal(
            f"s to open a run of {frames:,} frames", OPEN_S, middle([_open(path) for _ in range(OPENED)])
        )
        with Recording(path) as recording:
            dice = np.random.default_rng(1)
            steps = dice.choice(recording.steps, SEEKS)
            Replay(recording, int(steps[0]))
            seconds = [_seek(recording, int(step)) for step in steps]
        told = f"ms to show a random step of it, history and alerts (mean {np.mean(seconds) * 1e3:.1f}), p95"
        worst = float(np.percentile(seconds, 95)) * 1e3
        yield Goal(told, SEEK_MS, middle([worst, worst]))


def _shares(folder: Path, pairs: int) -> list[float]:
    """The same run twice, in turns; a turn ends when what it made is taken, and written."""
    recorder = Recorder(folder / "cost.vgrun", _deep())
    sides = [(Run(_deep()), Session(_deep(), kept), kept) for kept in (None, recorder)]
    for run, session, kept in sides:
        run.start_paused()
        _turn(run, session, kept)
    found = []
    for number in range(pairs):
        seconds = [0.0, 0.0]
        for place in ((0, 1), (1, 0))[number % 2]:
            seconds[place] = _turn(*sides[place])
        found.append(seconds[0] / seconds[1])
    for run, _, _ in sides:
        run.stop()
        run.join(5.0)
    recorder.close()
    return found


def _turn(run: Run, session: Session, recorder: Recorder | None) -> float:
    """Seconds of a turn."""
    begun, made = time.perf_counter(), 0
    run.step(STEPS_IN_A_TURN)
    while made < STEPS_IN_A_TURN:
        for message in run.drain():
            session.take(message)
            made += isinstance(message, Frame)
        session.wish()
        run.join(POLL_S)
    while recorder is not None and recorder.waiting:
        run.join(POLL_S / 10)
    return time.perf_counter() - begun


def _deep() -> Experiment:
    """Layers along time, one of them recurrent."""
    dense = (Dense(id=f"dense{place}", units=32, activation="tanh") for place in range(1, LAYERS - 1))
    layers: tuple[Any, ...] = (Rnn(id="rnn1", units=32), *dense, LastStep(id="last1"))
    made = Experiment(name="Deep", network=Network(layers=layers), task=Adding(length=TIMESTEPS))
    return made.replace(training=made.training.replace(steps=ENDLESS))


def _write(path: Path, frames: int) -> int:
    """A long run of the readings of a real first step, with noise; the bytes of its arrays."""
    from vgviewer.engine import train

    experiment = Experiment(
        name="Long",
        network=Network(layers=(Rnn(id="rnn1", units=8), LastStep(id="last1"))),
        task=Adding(length=32),
    )
    messages = train(experiment)
    started, first = next(messages), next(messages)
    assert isinstance(started, Started)
    assert isinstance(first, Frame)
    recorder = Recorder(path, experiment)
    session = Session(experiment, recorder)
    session.take(started)
    dice = np.random.default_rng(0)
    readings = [
        {
            name: (values + dice.normal(0, 0.1, values.shape)).astype(np.float32)
            for name, values in first.readings.items()
        }
        for _ in range(64)
    ]
    raw = 0
    for step in range(frames):
        one = readings[step % len(readings)]
        raw += sum(values.nbytes for values in one.values())
        session.take(Frame(step, 0.2, gradient_norm=1.0, readings=one))
        recorder.wait()
    recorder.close(None)
    return raw


def _open(path: Path) -> float:
    begun = time.perf_counter()
    Recording(path).close()
    return time.perf_counter() - begun


def _seek(recording: Recording, step: int) -> float:
    begun = time.perf_counter()
    replay = Replay(recording, step)
    assert replay.history is not None
    replay.history.through_time("state_gradient", 0)
    return time.perf_counter() - begun
