"""How shapes flow through a network, and what does not fit: data for the canvas, never an exception."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from vgviewer.network.initializers import Values
from vgviewer.network.misfit import Misfit
from vgviewer.network.network import Network, Output
from vgviewer.settings import Settings
from vgviewer.shapes import Shape, block_shape

Weights = dict[str, tuple[int, ...]]
DRAWN_BY = {
    "weight": "weight_init",
    "weight_ih": "weight_init",
    "weight_hh": "recurrent_init",
    "bias": "bias_init",
    "bias_ih": "bias_init",
}


@dataclass(frozen=True)
class Problem:
    """Something the person must change; `place` is a layer's id, "output" or None, `path` the field in the
    file."""

    path: str
    message: str
    place: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


@dataclass(frozen=True)
class Flow:
    """`shapes[id]` is what leaves each layer ("input" and "output" included) as far as it is known;
    `weights[id]` are the shapes of its parameters by name, `more[id]` counts what it learns beside them."""

    shapes: dict[str, Shape]
    weights: dict[str, Weights]
    problems: tuple[Problem, ...]
    more: dict[str, int]

    def parameters(self, place: str) -> int:
        """How many numbers torch counts as the layer's parameters; 0 where it does not fit."""
        return sum(prod(shape) for shape in self.weights.get(place, {}).values()) + self.more.get(place, 0)


def trace(network: Network, inputs: Shape, answer: Shape) -> Flow:
    """Follows shapes from the input to the output head. `answer` is what the task wants from the head.

    Behind a layer that does not fit the shape goes on unchanged, so that all problems are found at once.
    """
    shapes = {"input": inputs}
    weights: dict[str, Weights] = {}
    problems: list[Problem] = []
    more: dict[str, int] = {}
    shape = inputs
    for index, layer in enumerate(network.layers):
        path = f"network.layers[{index}]"
        try:
            after = layer.output_shape(shape, shapes)
            weights[layer.id] = layer.weights(shape, shapes)
            more[layer.id] = layer.more_parameters
            shape = after._replace(tokens=False)  # only what comes first meets the symbols themselves
        except Misfit as misfit:
            field = f".{misfit.field}" if misfit.field else ""
            problems.append(Problem(path + field, str(misfit), layer.id))
        shapes[layer.id] = shape
        problems += _value_problems(layer, weights.get(layer.id, {}), path, layer.id)
    weights["output"] = _head(network.output, shape, answer)
    shapes["output"] = shape._replace(features=answer.features)
    problems += _value_problems(network.output, weights["output"], "network.output", "output")
    problems += _ending_problems(shape, answer)
    return Flow(shapes, weights, tuple(problems), more)


def _head(output: Output, shape: Shape, answer: Shape) -> Weights:
    weight: Weights = {"weight": (answer.features, shape.features)}
    return weight | ({"bias": (answer.features,)} if output.bias else {})


def _value_problems(part: Settings, weights: Weights, path: str, place: str) -> Iterator[Problem]:
    for name, shape in weights.items():
        field = DRAWN_BY.get(name, "")
        init = getattr(part, field, None)
        if not isinstance(init, Values):
            continue
        given = block_shape(init.values)
        if given != shape:
            message = f"must have the shape {_times(shape)} of {name}, has {_times(given)}"
            yield Problem(f"{path}.{field}.values", message, place)


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _ending_problems(shape: Shape, answer: Shape) -> Iterator[Problem]:
    if shape.timesteps is not None and answer.timesteps is None:
        message = f"The task wants one answer, but {shape.words} arrives. Add a Last timestep layer before the output."
        yield Problem("network.output", message, "output")
    elif shape.timesteps is None and answer.timesteps is not None:
        message = (
            f"The task wants an answer at every timestep, but {shape.words} arrives. "
            "Remove the layer that ends the sequence."
        )
        yield Problem("network.output", message, "output")
