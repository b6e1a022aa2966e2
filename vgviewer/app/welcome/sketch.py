"""What a shipped preset's gradient looked like when it was trained: measured once, painted on its card. No Qt.

`scripts/thumbnails.py` trains every preset and writes the file; nothing in it is drawn by hand.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vgviewer.resources import RESOURCES

FILE = RESOURCES / "thumbnails.json"
TENTHS = 10  # a color does not show more
WORDS = ("name", "summary", "notes", "annotations")  # in a preset's file
EXACT_ZERO, NOT_FINITE = "0", "inf"

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
