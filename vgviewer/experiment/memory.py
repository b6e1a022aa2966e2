"""How much memory a training step will take, by arithmetic alone: asked before any tensor exists."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

from vgviewer.experiment.training import Optimizer
from vgviewer.network import Flow, Network, Problem
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.recurrence import Recurrent
from vgviewer.shapes import Shape

NUMBER = 4  # bytes of float32
MOST = 4e9  # bytes; more than that is a mistake more often than a wish
FREE_SHARE = 0.5  # of what is free now: other programs live here too
LITTLE = 64e6  # bytes, which are there wherever a window is
WEIGHT_COPIES = 3  # the weights, as they were before the step, and their gradient
STATES = {
    "sgd": 0,
    "rmsprop": 2,
    "adam": 2,
    "adamw": 2,
}  # of the optimizer and on its way, as large as the weights
BATCH_COPIES = 3  # as the task draws it, in the order of time, and the next one
TEST_BYTES = 256e6  # what the metric may take where the training batch takes less
MOST_TEST_ROWS = 512


@dataclass(frozen=True)
class Estimate:
    """Bytes that a training step takes at its peak: `samples` for one sample and `weights`, by place. Where arrays are
    small (below 32 MB) the system's allocator may take up to twice as much."""

    samples: dict[str, float]
    weights: dict[str, float]
    batch: int

    @cached_property
    def total(self) -> float:
        """Bytes of the whole step."""
        return sum(map(self.of, self.samples))

    @property
    def heaviest(self) -> str:
        """The place that takes most."""
        return max(self.samples, key=self.of)

    def of(self, place: str) -> float:
        """Bytes of one place."""
        return self.batch * self.samples[place] + self.weights.get(place, 0.0)

    @property
    def test_rows(self) -> int:
        """How many samples the metric takes at once."""
        return max(self.batch, min(MOST_TEST_ROWS, int(TEST_BYTES / sum(self.samples.values()))))


def estimate(network: Network, flow: Flow, batch: int, optimizer: Optimizer) -> Estimate:
    """Of a network without problems."""
    copies = WEIGHT_COPIES + STATES[optimizer.type] + (getattr(optimizer, "momentum", 0) > 0)
    recurrent = {layer.id for layer in network.layers if layer.recurrent}  # theirs are laid side by side
    weights = {
        place: float(NUMBER * (copies + (place in recurrent)) * sum(map(prod, shapes.values())))
        for place, shapes in flow.weights.items()
    }
    entering = flow.shapes["input"]
    numbers = {"input": BATCH_COPIES * _numbers(entering)}
    for layer, follower in zip(network.layers, (*network.layers, network.output)[1:], strict=True):
        leaving = flow.shapes[layer.id]
        numbers[layer.id] = 2 * _numbers(leaving) + layer.held(entering)  # the output and its gradient
        if layer.recurrent and not isinstance(follower, LastStep):
            # what arrives at each timestep, from above and from the next one; and a copy, because recurrent layers
            # have the batch innermost and others do not
            numbers[layer.id] += (2 if isinstance(follower, Recurrent) else 3) * _numbers(leaving)
        entering = leaving
    on_its_way = max(map(_numbers, flow.shapes.values()))  # a gradient that nobody keeps
    numbers["output"] = 2 * _numbers(flow.shapes["output"]) + on_its_way
    return Estimate({place: float(NUMBER * count) for place, count in numbers.items()}, weights, batch)


def memory_problem(found: Estimate, network: Network) -> Problem | None:
    """What to say where that is too much for this machine now."""
    if found.total <= LITTLE:
        return None
    import psutil  # at the start it would be waited for

    most = min(MOST, FREE_SHARE * float(psutil.virtual_memory().available))
    if found.total <= most:
        return None
    place = found.heaviest
    path = "network" if place in ("input", "output") else f"network.layers[{network.index(place)}]"
    message = (
        f"A training step would take {_words(found.total)} of memory, {place} alone {_words(found.of(place))}; here it "
        f"may take {_words(most)}. Take fewer or narrower layers, shorter sequences or a smaller batch."
    )
    return Problem(path, message, place)


def _numbers(shape: Shape) -> int:
    return shape.features * (shape.timesteps or 1)


def _words(size: float) -> str:
    if size < 1e9:
        return f"{size / 1e6:.3g} MB"
    return f"{size / 1e9:.3g} GB" if size < 1e12 else f"{size / 1e9:,.0f} GB"
