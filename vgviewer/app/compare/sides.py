"""What is compared, and what is said of it. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from vgviewer.app.picture.numbers import plain, size
from vgviewer.experiment import Experiment
from vgviewer.experiment.differences import differences
from vgviewer.recording import Recording
from vgviewer.runner import Replay, Session
from vgviewer.runner.proof import Standing, standing

LETTERS = "ABCD"
MOST = len(LETTERS)
NONE = "–"


@dataclass
class Side:
    """One run: `session` is what it has come to, `shown` what of it is on show; `recording` where it is kept."""

    name: str
    experiment: Experiment
    session: Session
    recording: Recording | None = None
    shown: Session = field(init=False)

    def __post_init__(self) -> None:
        self.shown = self.session

    @property
    def steps(self) -> int:
        """The last step that it has come to; −1 before the first."""
        history = self.session.history
        return history.latest.step if history is not None and history.latest is not None else -1

    def go_to(self, step: int | None) -> None:
        """Shows that step or the last one before it; None for what it has come to. Raises Damaged."""
        if step is None or self.recording is None or step >= self.steps:
            self.shown = self.session
            return
        steps = self.recording.steps
        if not len(steps) or steps[-1] < step:
            self.recording.extend()
            steps = self.recording.steps
        if len(steps):
            place = max(0, int(np.searchsorted(steps, step, "right")) - 1)
            self.shown = Replay(self.recording, int(steps[place]))


def side_of(recording: Recording) -> Side:
    """A run file, at its end; raises Damaged."""
    return Side(
        recording.experiment.name,
        recording.experiment,
        Replay(recording, int(recording.steps[-1])),
        recording,
    )


def seen_of(sides: Sequence[Side]) -> tuple[int, ...]:
    """What a picture of them is of: another one as soon as there is something new to see."""
    histories = [history for side in sides for history in (side.session.history, side.shown.history)]
    return tuple(id(history.latest) if history is not None else 0 for history in histories)


def facts(sides: Sequence[Side]) -> list[tuple[str, ...]]:
    """Rows of words: what is told, then of each side."""
    found = [standing(side.shown) for side in sides]
    rows = [
        ("step", *(NONE if one is None else str(one.step) for one in found)),
        ("verdict", *(NONE if one is None else one.verdict.replace("_", " ") for one in found)),
        ("loss", *(NONE if one is None else plain(one.loss, 3) for one in found)),
        (
            "baseline",
            *(NONE if one is None or one.baseline is None else plain(one.baseline, 3) for one in found),
        ),
        ("memory horizon", *map(_horizon, found)),
        ("signal in the lowest layer", *map(_signal, found)),
        ("alerts that stand", *map(_alerts, found)),
    ]
    return [row for row in rows if any(cell != NONE for cell in row[1:])]


def told_differences(sides: Sequence[Side]) -> list[tuple[str, ...]]:
    """Rows of words: which setting, then its value at each side; only those that differ from the first one's."""
    found: dict[str, list[str]] = {}
    first = sides[0].experiment
    for place, side in enumerate(sides[1:], 1):
        for path, here, there in differences(first, side.experiment):
            row = found.setdefault(_named(path), [_value(here)] * len(sides))
            row[0], row[place] = _value(here), _value(there)
    return [(name, *values) for name, values in found.items()]


def _horizon(one: Standing | None) -> str:
    if one is None or one.horizon is None:
        return NONE
    return f"{one.horizon} of {one.timesteps} timesteps"


def _signal(one: Standing | None) -> str:
    if one is None or one.signal is None or one.signal <= 0:
        return NONE
    return f"{size(float(np.log10(one.signal)))} of the output's"


def _alerts(one: Standing | None) -> str:
    if one is None:
        return NONE
    return ", ".join(alert.title for alert in one.alerts) or "none"


def _named(path: str) -> str:
    """ "network.layers.rnn1.forget_bias" as "rnn1, forget bias"."""
    parts = [part for part in path.split(".") if part not in ("network", "layers")]
    return ", ".join(part.replace("_", " ") for part in parts)


def _value(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, dict):
        return str(value.get("type") or ", ".join(f"{name} {_value(part)}" for name, part in value.items()))
    return f"{value:g}" if isinstance(value, float) else str(value)
