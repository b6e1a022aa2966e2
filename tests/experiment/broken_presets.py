"""Presets with exactly one thing wrong, of every kind, and the path at which it must be named."""

import copy
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]
GOOD: Json = {
    "format": "vgviewer.preset",
    "version": 1,
    "name": "Good",
    "summary": "all that can be set",
    "notes": "",
    "network": {
        "layers": [
            {
                "id": "rnn1",
                "type": "rnn",
                "units": 8,
                "activation": "tanh",
                "weight_init": {"type": "uniform", "limit": 0.1},
                "recurrent_init": {"type": "orthogonal", "gain": 0.9},
                "bias_init": {"type": "constant", "value": 0.0},
                "frozen": False,
            },
            {"id": "lstm1", "type": "lstm", "units": 8, "forget_bias": {"type": "chrono", "t_max": 50}},
            {"id": "gru1", "type": "gru", "units": 8, "update_bias": 1.0},
            {"id": "drop", "type": "dropout", "p": 0.5},
            {"id": "norm", "type": "batch_norm", "momentum": 0.1, "eps": 1e-5},
            {"id": "act", "type": "activation", "function": "relu"},
            {"id": "skip1", "type": "skip", "from": "gru1", "scale": 1.0},
            {"id": "last1", "type": "last_step"},
            {
                "id": "dense1",
                "type": "dense",
                "units": 8,
                "activation": "linear",
                "bias": True,
                "weight_init": {"type": "normal", "std": 0.1},
                "bias_init": {"type": "values", "values": [0.0] * 8},
            },
        ],
        "output": {"activation": "linear", "bias": True, "weight_init": {"type": "default"}},
    },
    "task": {"type": "adding", "length": 20},
    "training": {
        "steps": 10,
        "batch_size": 4,
        "seed": 0,
        "optimizer": {"type": "sgd", "lr": 0.1, "momentum": 0.5, "nesterov": False, "weight_decay": 0.0},
        "clip": {"type": "norm", "value": 1.0},
        "truncate": 5,
        "early_stopping": {"patience": 2, "min_delta": 0.1},
        "omega": {"weight": 4.0},
        "loss": "auto",
        "loss_scale": 1.0,
        "device": "cpu",
    },
    "alerts": {"vanishing": {"ratio": 0.1}, "exploding": "off"},
}
NO_TEXT: tuple[Any, ...] = (3, 1.5, True, None, [], {})
NO_CHOICE: tuple[Any, ...] = ("", "tanH", 3, None, [], {})
NO_BOOL: tuple[Any, ...] = (0, 1, "true", None, [], {})
NO_OBJECT: tuple[Any, ...] = (3, "text", True, [])
NO_NUMBER: tuple[Any, ...] = ("1", True, [], {}, float("nan"), float("inf"), float("-inf"))
NO_WHOLE: tuple[Any, ...] = ("8", True, 8.5, [], {}, float("nan"), 2**63)
MEMBERS: dict[str, tuple[Any, ...]] = {  # path → values that must be refused there
    "name": (*NO_TEXT, "x" * 201),
    "summary": (*NO_TEXT, "x" * 501),
    "notes": (*NO_TEXT, "x" * 100_001),
    "network": (*NO_OBJECT, None),
    "network.layers": (3, "text", None, {}),
    "network.layers[0]": (*NO_OBJECT, None),
    "network.layers[0].id": (
        *NO_TEXT,
        "",
        "1a",
        "a b",
        "a" * 41,
        "ä",
        "a\n",
        "../x",
        "input",
        "output",
    ),
    "network.layers[0].type": ("", "rnm", 3, None, True),
    "network.layers[0].units": (*NO_WHOLE, None, -5, 0, 4097, 10**9, 2**31, 1e300),
    "network.layers[0].activation": (*NO_CHOICE, "gelu"),
    "network.layers[0].weight_init": (*NO_OBJECT, None),
    "network.layers[0].weight_init.type": ("", "unifrom", 3, None),
    "network.layers[0].weight_init.limit": (*NO_NUMBER, None, -0.1, 1e7),
    "network.layers[0].recurrent_init.gain": (*NO_NUMBER, None, -1e7, 1e7),
    "network.layers[0].bias_init": NO_OBJECT,
    "network.layers[0].frozen": NO_BOOL,
    "network.layers[1].id": ("rnn1",),
    "network.layers[1].forget_bias.t_max": (*NO_WHOLE, None, 1, 10**6 + 1),
    "network.layers[2].update_bias": (*NO_NUMBER, -1001, 1e4),
    "network.layers[3].p": (*NO_NUMBER, None, -0.1, 1.0, 2),
    "network.layers[4].momentum": (*NO_NUMBER, None, -0.1, 1.1),
    "network.layers[4].eps": (*NO_NUMBER, None, 0, -1e-5, 2),
    "network.layers[5].function": NO_CHOICE,
    "network.layers[6].from": NO_TEXT,
    "network.layers[6].scale": (*NO_NUMBER, None, 1e7),
    "network.layers[8].bias": NO_BOOL,
    "network.layers[8].bias_init.values": (
        3,
        None,
        {},
        [],
        [[1.0], [1.0, 2.0]],
        ["a"],
        [True],
        [None],
        [1e40],
    ),
    "network.output": (*NO_OBJECT, None),
    "network.output.activation": NO_CHOICE,
    "task": (*NO_OBJECT, None),
    "task.type": ("", "addign", 3, None),
    "task.length": (*NO_WHOLE, None, 1, 0, -1, 4097),
    "training": (*NO_OBJECT, None),
    "training.steps": (*NO_WHOLE, None, 0, -1, 10**7 + 1),
    "training.batch_size": (*NO_WHOLE, None, 0, 65_537),
    "training.seed": (*NO_WHOLE, None, -1, 2**32),
    "training.optimizer": (*NO_OBJECT, None),
    "training.optimizer.type": ("", "SGD", 3, None),
    "training.optimizer.lr": (*NO_NUMBER, None, -0.1, 1e31),
    "training.optimizer.momentum": (*NO_NUMBER, None, -0.1, 1.1),
    "training.optimizer.nesterov": NO_BOOL,
    "training.clip": NO_OBJECT,
    "training.clip.type": ("", "both", 3, None),
    "training.clip.value": (*NO_NUMBER, None, 0, -1),
    "training.truncate": (*NO_WHOLE, 0, -1, 10**7 + 1),
    "training.early_stopping": NO_OBJECT,
    "training.early_stopping.patience": (*NO_WHOLE, None, 0),
    "training.early_stopping.min_delta": (*NO_NUMBER, None, -1),
    "training.omega": (*NO_OBJECT, 1.0),
    "training.omega.weight": (*NO_NUMBER, None, -0.1, 1e7),
    "training.loss": (*NO_CHOICE, "crossentropy"),
    "training.loss_scale": (*NO_NUMBER, None, 0, -1, 1e13),
    "training.device": (*NO_CHOICE, "gpu"),
    "alerts": (*NO_OBJECT, None),
    "alerts.vanishing": (3, "on", True, None, []),
    "alerts.vanishing.ratio": (*NO_NUMBER, None, 0, -1),
    "format": (*NO_TEXT, "", "vgviewer.run"),
    "version": (*NO_WHOLE, None, 0, -1, 2, 99),
}
REQUIRED = [
    "format",
    "version",
    "network",
    "network.layers",
    "network.layers[0].id",
    "network.layers[0].type",
    "network.layers[0].units",
    "network.layers[1].units",
    "network.layers[2].units",
    "network.layers[5].function",
    "network.layers[6].from",
    "network.layers[8].units",
    "network.layers[8].bias_init.type",
    "network.layers[8].bias_init.values",
    "task",
    "task.type",
    "training.optimizer.type",
    "training.clip.type",
    "alerts.vanishing.ratio",
]
OBJECTS = [
    "",
    "network",
    "network.layers[0]",
    "network.layers[0].weight_init",
    "network.layers[1].forget_bias",
    "network.layers[7]",
    "network.output",
    "task",
    "training",
    "training.optimizer",
    "training.clip",
    "training.early_stopping",
    "alerts",
    "alerts.vanishing",
]
NO_JSON = {
    "an empty file": b"",
    "only a byte order mark": b"\xef\xbb\xbf",
    "white space": b" \n\t ",
    "plain text": b"hello",
    "YAML": b"format: vgviewer.preset\nversion: 1\n",
    "a comment": b"{} // nothing",
    "single quotes": b"{'format': 'vgviewer.preset'}",
    "a comma too many": b'{"format": "vgviewer.preset",}',
    "two objects": b"{}{}",
    "half a file": json.dumps(GOOD).encode()[:500],
    "no UTF-8": b'{"format": "\xff\xfe"}',
    "UTF-16": json.dumps(GOOD).encode("utf-16"),
    "a list": b"[]",
    "a number": b"3",
    "a text": b'"vgviewer.preset"',
    "null": b"null",
    "a control character in a text": b'{"format": "a\x01"}',
}


class Broken(NamedTuple):
    """`path` is where the only problem must be named."""

    what: str
    path: str
    content: bytes


def every() -> Iterator[Broken]:
    for path, values in MEMBERS.items():
        for value in values:
            yield Broken(f"{path} = {str(value)[:20]!r}", path, changed(path, value))
    for path in REQUIRED:
        yield Broken(f"{path} missing", path, changed(path, ...))
    for path in OBJECTS:
        unknown = f"{path}.lenght".removeprefix(".")
        yield Broken(f"{unknown} unknown", unknown, changed(unknown, 3))
    for path in ("name", "network.layers[0].units", "training.steps", "training.optimizer.lr", "task.length"):
        yield Broken(f"{path} twice", path, doubled(path))
    for what, content in NO_JSON.items():
        yield Broken(what, "file", content)


def changed(path: str, value: Any) -> bytes:
    """The good preset with another value at a path; `...` takes the field away."""
    preset = copy.deepcopy(GOOD)
    *way, last = keys(path)
    place: Any = preset
    for key in way:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(preset).encode()


def doubled(path: str) -> bytes:
    """The good preset with a field that stands there twice."""
    name = str(keys(path)[-1])
    text = changed(path, "@").decode()
    first = json.dumps(value_at(path))
    return text.replace(f'"{name}": "@"', f'"{name}": {first}, "{name}": {first}').encode()


def value_at(path: str) -> Any:
    place: Any = GOOD
    for key in keys(path):
        place = place[key]
    return place


def keys(path: str) -> list[str | int]:
    """["network", "layers", 0, "units"] from network.layers[0].units."""
    words = path.replace("[", ".").replace("]", "").split(".")
    return [int(word) if word.isdigit() else word for word in words]
