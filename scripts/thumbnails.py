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

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from vgviewer.app.welcome.sketch import FILE, Sketch, fingerprint, sketch_of, sketches  # noqa: E402
from vgviewer.experiment import Card, load, shipped  # noqa: E402
from vgviewer.runner import Session, follow  # noqa: E402

MOST_STEPS = 2000


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
    made = sketch_of(session, fingerprint(card.path))
    assert made is not None
    return made


def _line(sketch: Sketch) -> str:
    return json.dumps(sketch.pack(), separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
