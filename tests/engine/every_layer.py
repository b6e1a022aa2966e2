"""Every layer type of the catalogue, with its variants, in every place where gradients could go wrong."""

from typing import Any

from tests.engine.cases import ACTIVATIONS, LAST, SYMBOLS_TASK, Preset, layer, preset
from vgviewer.network import LAYERS
from vgviewer.network.ending import Ending

BY_TYPE = {kind.model_fields["type"].default: kind for kind in LAYERS}
SETTINGS: dict[str, dict[str, dict[str, Any]]] = {  # the plain variant first, with only what has no default
    "rnn": {
        "plain": {"units": 8},
        "relu": {"units": 8, "activation": "relu"},
        "orthogonal": {"units": 8, "parametrization": "orthogonal"},
    },
    "lstm": {
        "plain": {"units": 8},
        "chrono": {"units": 8, "forget_bias": {"type": "chrono", "t_max": 10}},
        "peephole": {"units": 8, "peephole": True},
    },
    "gru": {"plain": {"units": 8}, "update bias": {"units": 8, "update_bias": 1.0}},
    "echo_state": {"plain": {"units": 20}, "leaky": {"units": 8, "sparsity": 0.5, "leak": 0.3}},
    "dense": {
        "plain": {"units": 8},
        "tanh, weight norm": {"units": 8, "activation": "tanh", "weight_norm": True},
        "frozen": {"units": 8, "activation": "relu", "frozen": True},
    },
    "embedding": {"plain": {"size": 5}},
    "activation": {name: {"function": name} for name in ACTIVATIONS},
    "dropout": {"plain": {}},
    "batch_norm": {"plain": {}},
    "layer_norm": {"plain": {}},
    "skip": {"plain": {"from": "input"}},
    "last_step": {"plain": {}},
    "mean_over_time": {"plain": {}},
    "flatten": {"plain": {}},
}
SHORT = {"type": "adding", "length": 8}
GRU, SEVEN = layer("gru", 6, units=7), {"units": 7, "activation": "tanh"}
DENSE, DENSE_TOO = layer("dense", 6, **SEVEN), layer("dense", 7, **SEVEN)


def ends(kind: str) -> bool:
    """Whether it ends a sequence."""
    return issubclass(BY_TYPE[kind], Ending)


def one_layer(kind: str, settings: dict[str, Any]) -> Preset:
    return _chain(kind, layer(kind, **settings))


def three_layers(kind: str, settings: dict[str, Any]) -> Preset:
    """Three of the type where they can follow each other, else among other types."""
    first, second, third = (layer(kind, number, **settings) for number in (1, 2, 3))
    if ends(kind):
        return _chain(kind, GRU, first, DENSE)
    if BY_TYPE[kind].takes_symbols:
        return _chain(kind, first, GRU, DENSE)
    if _normalizes(kind):  # directly behind each other all but the last would have gradients of 0
        return _chain(kind, first, DENSE, second, DENSE_TOO, third)
    return _chain(kind, first, second, third)


def with_skips(kind: str, settings: dict[str, Any]) -> Preset:
    """One leads around a dense layer, the other around the layer itself where that can be."""
    first = layer(kind, **settings)
    over = layer("skip", 8, **{"from": first["id"]})
    around = [] if ends(kind) else [layer("skip", 9, **{"from": "input", "scale": -0.5})]
    return _chain(kind, first, DENSE, over, *around)


def with_batch_norm(kind: str, settings: dict[str, Any]) -> Preset:
    """Before the layer where one can stand there: behind it the layer's own gradients would be nearly 0.

    A dense layer keeps it from what would cancel its own.
    """
    one, norm = layer(kind, **settings), layer("batch_norm", 9)
    if BY_TYPE[kind].takes_symbols:
        return _chain(kind, one, norm)
    return _chain(kind, norm, *([DENSE] if _normalizes(kind) or ends(kind) else []), one)


def with_truncation(kind: str, settings: dict[str, Any]) -> Preset:
    first = layer(kind, **settings)
    return _chain(kind, *([GRU, first] if ends(kind) else [first, GRU]), truncate=3)


def with_clipping(kind: str, settings: dict[str, Any]) -> Preset:
    """Harmless to the gradients themselves, which are compared behind some clipped steps."""
    clip = {"type": "norm", "value": 0.01}
    return _chain(kind, layer(kind, **settings), clip=clip, optimizer={"type": "adam", "lr": 0.01})


def _chain(kind: str, *layers: Preset, **training: Any) -> Preset:
    """On a task that the layer can read, and with an end where it is none itself."""
    task = SYMBOLS_TASK if BY_TYPE[kind].takes_symbols else SHORT
    return preset(*layers, *([] if ends(kind) else [LAST]), task=task, **training)


def _normalizes(kind: str) -> bool:
    return BY_TYPE[kind].group == "Normalize"


FORMS = {
    form.__name__.replace("_", " "): form
    for form in (one_layer, three_layers, with_skips, with_batch_norm, with_truncation, with_clipping)
}
STEPS = {"with clipping": 3}  # after so many; at once in the other forms
EVERY_LAYER = {
    (kind, variant, form): build(kind, settings)
    for kind, variants in SETTINGS.items()
    for variant, settings in variants.items()
    for form, build in FORMS.items()
}
