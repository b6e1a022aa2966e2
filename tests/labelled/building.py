"""Short words for experiments, and what a family is: named experiments that are hard or easy for the same reason."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vgviewer.bakeoff.labelled import HALVES, Half
from vgviewer.experiment import Experiment

Layer = dict[str, Any]
HE = {"type": "kaiming_normal"}
LAST: Layer = {"id": "last1", "type": "last_step"}


class Candidate(NamedTuple):
    """A run that waits for its label."""

    name: str
    half: Half
    why: str
    experiment: Experiment


def family(name: str, why: str, *members: Mapping[str, Any]) -> list[Candidate]:
    """The members go to the two halves by turns, so that each half has configurations of its own."""
    return [
        Candidate(
            f"{name}-{number + 1}",
            HALVES[number % 2],
            why,
            Experiment.model_validate_json(json.dumps(member)),
        )
        for number, member in enumerate(members)
    ]


def run(
    *layers: Layer | Iterable[Layer],
    task: Mapping[str, Any],
    steps: int = 80,
    seed: int = 0,
    output: Mapping[str, Any] | None = None,
    **training: Any,
) -> dict[str, Any]:
    """A preset's fields; lists of layers are joined and all ids made of their kinds and places."""
    chain = [layer for part in layers for layer in ([part] if isinstance(part, dict) else part)]
    named = [
        layer if "id" in layer else {"id": f"{layer['type']}{place}"} | layer
        for place, layer in enumerate(chain)
    ]
    return {
        "network": {"layers": named, "output": dict(output or {})},
        "task": dict(task),
        "training": {"steps": steps, "seed": seed, "batch_size": 16} | training,
    }


def dense(units: int, activation: str = "tanh", **settings: Any) -> Layer:
    """One layer; its id is given by its place where `id` does not name it."""
    return {"type": "dense", "units": units, "activation": activation} | settings


def deep(count: int, units: int, activation: str = "tanh", **settings: Any) -> list[Layer]:
    """So many equal layers."""
    return [dense(units, activation, **settings) for _ in range(count)]


def normalized(
    count: int, units: int, kind: str = "batch_norm", activation: str = "relu", **settings: Any
) -> list[Layer]:
    """Blocks of a linear layer, a normalization and an activation."""
    block = [
        dense(units, "linear", **settings),
        {"type": kind},
        {"type": "activation", "function": activation},
    ]
    return [dict(layer) for _ in range(count) for layer in block]


def skipped(
    count: int, units: int, activation: str = "relu", scale: float = 1.0, **settings: Any
) -> list[Layer]:
    """A first layer, then blocks of one layer each with a skip around it."""
    layers: list[Layer] = [dense(units, activation, id="first", **settings)]
    source = "first"
    for number in range(count):
        layers += [
            dense(units, activation, id=f"branch{number}", **settings),
            {"id": f"sum{number}", "type": "skip", "from": source, "scale": scale},
        ]
        source = f"sum{number}"
    return layers


def rnn(units: int = 16, **settings: Any) -> Layer:
    """A plain recurrent layer."""
    return {"type": "rnn", "units": units} | settings


def lstm(units: int = 16, **settings: Any) -> Layer:
    """Long short-term memory."""
    return {"type": "lstm", "units": units} | settings


def gru(units: int = 16, **settings: Any) -> Layer:
    """A gated recurrent unit."""
    return {"type": "gru", "units": units} | settings


def sgd(lr: float, **settings: Any) -> dict[str, Any]:
    """For `optimizer=`."""
    return {"type": "sgd", "lr": lr} | settings


def adam(lr: float = 0.001, **settings: Any) -> dict[str, Any]:
    """For `optimizer=`."""
    return {"type": "adam", "lr": lr} | settings


def clip(value: float, kind: str = "norm") -> dict[str, Any]:
    """For `clip=`."""
    return {"type": kind, "value": value}


def init(kind: str, **settings: Any) -> dict[str, Any]:
    """An initializer."""
    return {"type": kind} | settings


def task(kind: str, **settings: Any) -> dict[str, Any]:
    """For `task=`."""
    return {"type": kind} | settings


def noise(features: int = 8, **settings: Any) -> dict[str, Any]:
    """Random numbers: nothing can be learned."""
    return {"type": "random", "features": features} | settings
