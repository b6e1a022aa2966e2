"""What it costs to judge a frame, for `vgviewer bench`."""

import time
from typing import TYPE_CHECKING

import numpy as np

from vgviewer.diagnosis import Watch
from vgviewer.frames import QUANTITIES, Frame, Site, Started

if TYPE_CHECKING:
    from vgviewer.engine.bench import Goal

LAYERS, TIMESTEPS = 100, 1000
BOUND_MS = 1.0
WARM_FRAMES = 250  # until the watch remembers as much of a run as it ever does


def of_judging(rounds: int) -> "Goal":
    """Milliseconds of CPU for one frame of recurrent layers that forget, while their alerts stand."""
    from vgviewer.engine.bench import Goal, middle

    watch = Watch(_started())
    readings = _readings()
    for step in range(WARM_FRAMES):
        watch.judge(Frame(step, 1.0, gradient_norm=1.0, readings=readings))
    spent = []
    for step in range(WARM_FRAMES, WARM_FRAMES + rounds):
        frame = Frame(step, 1.0, gradient_norm=1.0, readings=readings)
        begun = time.thread_time()
        watch.judge(frame)
        spent.append(1e3 * (time.thread_time() - begun))
    return Goal(f"ms to judge a frame of {LAYERS} layers of {TIMESTEPS} timesteps", BOUND_MS, middle(spent))


def _started() -> Started:
    layers = (
        Site(f"lstm{row}", "lstm", recurrent=True, has_cell=True, has_weights=True) for row in range(LAYERS)
    )
    sites = (*layers, Site("output", "output", has_weights=True))
    return Started(sites, TIMESTEPS, 10_000, "mse", baseline=1.0, dependency=TIMESTEPS // 2)


def _readings() -> dict[str, np.ndarray]:
    """About 0.6 per timestep, as a default LSTM's; the gates' readings are of no interest to the judge."""
    noise = np.random.default_rng(0)
    shapes = {
        name: quantity.shape(LAYERS + 1, 4, TIMESTEPS)
        for name, quantity in QUANTITIES.items()
        if "gates" not in quantity.axes
    }
    return {name: noise.normal(-0.2, 0.05, shape).astype(np.float32) for name, shape in shapes.items()}
