"""What a run's gradient looked like, as a picture the size of a thumb. No Qt.

`scripts/thumbnails.py` trains every shipped preset and writes the file with those on the cards; nothing in it is drawn
by hand.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import History
from vgviewer.resources import RESOURCES
from vgviewer.runner import Session

FILE = RESOURCES / "thumbnails.json"
TENTHS = 10  # a color does not show more
WORDS = ("name", "summary", "notes", "annotations")  # in a preset's file
EXACT_ZERO, NOT_FINITE = "0", "inf"
ROWS, COLUMNS = 20, 48  # of a picture as small as a card's

Axis = Literal["time", "depth"]


@dataclass(frozen=True, eq=False)
class Sketch:
    """`sizes`: float32 (rows, columns), log10 over the size where the loss enters; NaN where there is none.

    `time`: a recurrent layer's timesteps across, training steps from the newest down. `depth`: training steps across,
    layers from the output down. `alerts` are the kinds and layers that stood after `steps`; `source` tells which preset
    was trained.
    """

    axis: Axis
    steps: int
    sizes: NDArray[np.float32]
    alerts: tuple[tuple[str, str], ...]
    source: str

    def pack(self) -> dict[str, Any]:
        """As it stands in the file."""
        rows = [[_packed(value) for value in row] for row in self.sizes.tolist()]
        return {
            "axis": self.axis,
            "steps": self.steps,
            "source": self.source,
            "alerts": [list(alert) for alert in self.alerts],
            "tenths": rows,
        }


def sketch_of(session: Session, source: str = "") -> Sketch | None:
    """What a run has left; None where there is nothing of it to be seen."""
    history = session.history
    if history is None or history.latest is None:
        return None
    recurrent = [place for place, site in enumerate(history.started.sites) if site.recurrent]
    with np.errstate(invalid="ignore"):  # a size that is not finite stays what it is
        sizes = _through_time(history, recurrent[0]) if recurrent else _over_depth(history)
    alerts = tuple((alert.kind, alert.layer or "") for alert in session.alerts if alert.stands)
    return Sketch("time" if recurrent else "depth", history.latest.step + 1, sizes, alerts, source)


def sketches(file: Path = FILE) -> dict[str, Sketch]:
    """By the preset's id; none where the file is missing or is not what it should be: a card does without."""
    try:
        content = json.loads(file.read_text("utf-8"))
        return {name: _unpacked(packed) for name, packed in content.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def fingerprint(preset: Path) -> str:
    """Tells one version of a preset from another; what is only said of it does not count."""
    content = json.loads(preset.read_bytes())
    trained = {key: value for key, value in content.items() if key not in WORDS}
    return hashlib.sha256(json.dumps(trained, sort_keys=True).encode()).hexdigest()[:16]


def _through_time(history: History, site: int) -> NDArray[np.float32]:
    """float32 (steps, timesteps): over the last timestep that has a size, the newest step on top."""
    quantity = "cell_gradient" if history.started.sites[site].has_cell else "state_gradient"
    _, rows = history.through_time(quantity, site)
    last = np.array([row[np.isfinite(row)][-1] if np.isfinite(row).any() else np.nan for row in rows])
    return _thinned((rows - last[:, None])[::-1])


def _over_depth(history: History) -> NDArray[np.float32]:
    """float32 (layers, steps): over the output's, which is on top."""
    sizes = history.layers("output_gradient")
    return _thinned((sizes - sizes[:, -1:]).T[::-1])


def _thinned(sizes: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows and columns at even distances, the first and the last among them."""
    for axis, most in enumerate((ROWS, COLUMNS)):
        count = sizes.shape[axis]
        sizes = sizes.take(np.linspace(0, count - 1, min(count, most)).round().astype(int), axis)
    return np.asarray(sizes, np.float32)


def _packed(value: float) -> int | str | None:
    if np.isnan(value):
        return None
    if np.isinf(value):
        return NOT_FINITE if value > 0 else EXACT_ZERO
    return round(value * TENTHS)


def _unpacked(packed: dict[str, Any]) -> Sketch:
    return Sketch(
        packed["axis"],
        packed["steps"],
        np.array([_sizes(row) for row in packed["tenths"]], np.float32),
        tuple((kind, layer) for kind, layer in packed["alerts"]),
        packed["source"],
    )


def _sizes(row: Sequence[int | str | None]) -> list[float]:
    words = {None: np.nan, EXACT_ZERO: -np.inf, NOT_FINITE: np.inf}
    return [words[value] if value is None or isinstance(value, str) else value / TENTHS for value in row]
