"""What a network costs before it is trained: numbers to learn, memory, and arithmetic of a step. No Qt."""

from collections.abc import Iterator
from math import prod

from vgviewer.app.numerals import counted, counted_parameters, localized
from vgviewer.experiment import Experiment
from vgviewer.network.layers.embedding import Embedding
from vgviewer.shapes import Shape

PASSES = 3  # of each product: forward, and backward once for what enters and once for the weights
BETWEEN = " · "  # the parts of the line
PREFIXES = ((1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def parameters(experiment: Experiment) -> int:
    """How many numbers torch counts as the parameters of the network, frozen ones too."""
    return sum(map(experiment.flow.parameters, experiment.flow.weights))


def multiply_adds(experiment: Experiment) -> int:
    """Of the weights' products in one training step, for the whole batch: forward once, backward twice.

    Biases, activations and the optimizer are left out: they grow with the units, products with their square. An
    embedding looks up and multiplies nothing.
    """
    return PASSES * experiment.memory.batch * sum(_products(experiment))


def account(experiment: Experiment) -> tuple[str, str]:
    """ "17,152 parameters · 4.1 MB · 34 M multiply-adds a step", and what that means; where there are problems only
    the parameters that are known."""
    count = parameters(experiment)
    said = counted_parameters(count)
    if experiment.problems:
        return said, "Memory and arithmetic are said when the network fits the task."
    memory = experiment.memory
    work = short(multiply_adds(experiment))
    line = BETWEEN.join((said, in_bytes(memory.total), f"{work} multiply-adds a step"))
    return line, (
        f"Memory: an estimate of what a training step takes at its peak, for a batch of {counted(memory.batch)}; "
        f"most of it for {memory.heaviest}.\n"
        "Multiply-adds: counted from the shapes of the weights, forward once and backward twice; not measured."
    )


def short(count: float) -> str:
    """34,211,840 as "34 M"."""
    for size, prefix in PREFIXES:
        if count >= 0.9995 * size:  # 999,950 is 1.0 M, not 1000 k
            return f"{_digits(count / size)} {prefix}"
    return f"{count:.0f}"


def in_bytes(size: float) -> str:
    """4,100,000 as "4.1 MB"."""
    text = short(size)
    return f"{text}B" if text[-1].isalpha() else f"{text} B"


def _digits(value: float) -> str:
    return localized(f"{value:.1f}") if value < 9.95 else f"{value:.0f}"


def _products(experiment: Experiment) -> Iterator[int]:
    """Of one sample forward, place by place."""
    flow, entering = experiment.flow, experiment.flow.shapes["input"]
    for layer in experiment.network.layers:
        weights = flow.weights.get(layer.id, {})
        if not isinstance(layer, Embedding):
            yield _matrices(weights, entering)
        entering = flow.shapes[layer.id]
    yield _matrices(flow.weights["output"], entering)


def _matrices(weights: dict[str, tuple[int, ...]], entering: Shape) -> int:
    """A vector of weights (a bias, a normalization's) is no product of matrices."""
    return (entering.timesteps or 1) * sum(prod(shape) for shape in weights.values() if len(shape) == 2)
