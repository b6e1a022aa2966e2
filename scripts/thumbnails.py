"""Makes the pictures on the welcome page's cards: `.venv/bin/python scripts/thumbnails.py [PRESET …]`.

Every shipped preset, or those that are named, is trained as it is, for its own number of steps but no more than
MOST_STEPS; what its gradient looked like and which alerts stood then goes to resources/thumbnails.json.
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from vgviewer.app.welcome.sketch import FILE, Sketch, fingerprint, sketches  # noqa: E402
from vgviewer.experiment import Card, load, shipped  # noqa: E402
from vgviewer.frames import History  # noqa: E402
from vgviewer.runner import Session, follow  # noqa: E402

MOST_STEPS = 2000
ROWS, COLUMNS = 20, 48  # of a picture as small as a card's


def main(names: Sequence[str]) -> int:
    """Trains, then writes all at once; the presets that were not named stay as they were."""
    made = sketches()
    for card in shipped():
        if not names or card.id in names:
            made[card.id] = sketch(card)
            print(f"{card.id}: {made[card.id].axis}, {made[card.id].alerts}", file=sys.stderr)
    lines = [f'"{card.id}": {_line(made[card.id])}' for card in shipped() if card.id in made]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


def sketch(card: Card) -> Sketch:
    """What a run of the preset leaves."""
    experiment = load(card.path)
    steps = min(experiment.training.steps, MOST_STEPS)
    session = Session(experiment.replace(training=experiment.training.replace(steps=steps)))
    deque(follow(session), maxlen=0)
    history = session.history
    assert history is not None
    recurrent = [place for place, site in enumerate(history.started.sites) if site.recurrent]
    sizes = through_time(history, recurrent[0]) if recurrent else over_depth(history)
    alerts = tuple((alert.kind, alert.layer or "") for alert in session.alerts if alert.stands)
    made = history.latest.step + 1 if history.latest else 0
    return Sketch("time" if recurrent else "depth", made, sizes, alerts, fingerprint(card.path))


def through_time(history: History, site: int) -> NDArray[np.float32]:
    """float32 (steps, timesteps): over the last timestep that has a size, the newest step on top."""
    quantity = "cell_gradient" if history.started.sites[site].has_cell else "state_gradient"
    _, rows = history.through_time(quantity, site)
    last = np.array([row[np.isfinite(row)][-1] if np.isfinite(row).any() else np.nan for row in rows])
    return thinned((rows - last[:, None])[::-1])


def over_depth(history: History) -> NDArray[np.float32]:
    """float32 (layers, steps): over the output's, which is on top."""
    sizes = history.layers("output_gradient")
    return thinned((sizes - sizes[:, -1:]).T[::-1])


def thinned(sizes: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows and columns at even distances, the first and the last among them."""
    for axis, most in enumerate((ROWS, COLUMNS)):
        count = sizes.shape[axis]
        sizes = sizes.take(np.linspace(0, count - 1, min(count, most)).round().astype(int), axis)
    return np.asarray(sizes, np.float32)


def _line(sketch: Sketch) -> str:
    return json.dumps(sketch.pack(), separators=(",", ":"))


if __name__ == "__main__":
    with np.errstate(invalid="ignore"):  # a size that is not finite stays what it is
        sys.exit(main(sys.argv[1:]))
