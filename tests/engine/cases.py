"""The networks on which every gradient is compared: each a preset as it stands in a file."""

from typing import Any

Preset = dict[str, Any]
ACTIVATIONS = [
    "linear",
    "sigmoid",
    "tanh",
    "hard_tanh",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "softsign",
    "softplus",
    "erf",
    "softmax",
    "exponential",
]
LAST = {"id": "last1", "type": "last_step"}
ECHO = {"type": "delayed_echo", "lag": 5, "length": 16}
SPIRALS = {"type": "spirals", "noise": 0.1}
ROWS = {"type": "digits", "as": "rows"}


def preset(
    *layers: Preset, task: Preset | None = None, output: Preset | None = None, **training: Any
) -> Preset:
    """A preset of these layers; the adding problem where no other task is given."""
    training = {"batch_size": 8, "seed": 3, **training}
    network = {"layers": list(layers), "output": output or {}}
    task = task or {"type": "adding", "length": 20}
    return {"format": "vgviewer.preset", "version": 1, "network": network, "task": task, "training": training}


def layer(kind: str, number: int = 1, **settings: Any) -> Preset:
    return {"id": kind.replace("_", "") + str(number), "type": kind, **settings}


def fixed(inputs: Any, targets: Any) -> Preset:
    return {"type": "fixed", "inputs": inputs, "targets": targets}


def wave(*shape: int) -> Any:
    """A nested list of numbers in [−1, 1] without any pattern that matters."""
    if not shape:
        return 0.0
    rows = [wave(*shape[1:]) for _ in range(shape[0])]
    return [_shifted(row, index) for index, row in enumerate(rows)]


def _shifted(values: Any, by: int) -> Any:
    if isinstance(values, list):
        return [_shifted(value, 3 * by + index + 1) for index, value in enumerate(values)]
    return round(((values * 100 + 37 * (by + 1)) % 201 - 100) / 100, 2)


RNN, LSTM, GRU = (layer(kind, units=12) for kind in ("rnn", "lstm", "gru"))
DENSE = layer("dense", units=10, activation="tanh")
EMBEDDING = layer("embedding", size=5)
VALUES_TASK = fixed(wave(6, 4), wave(6, 3))
ZERO_ONE_TASK = fixed(wave(4, 4), [[0.0, 1.0], [1.0, 1.0], [0.0, 0.0], [1.0, 0.0]])
LABELS_TASK = fixed(wave(3, 7, 2), [[0, 1, 2, 0, 1, 2, 2], [1, 1, 0, 0, 2, 1, 0], [2, 0, 0, 1, 1, 2, 0]])
PARITY_TASK = fixed(wave(3, 7, 2), [[0, 1, 1, 0, 1, 0, 1], [1, 1, 0, 0, 0, 1, 0], [1, 0, 0, 1, 1, 1, 0]])
EVERYWHERE_TASK = fixed(wave(3, 7, 2), wave(3, 7, 2))

SYMBOLS_TASK = {"type": "temporal_order", "length": 10}

RECURRENT = {
    "a tanh RNN": preset(RNN, LAST),
    "a relu RNN": preset({**RNN, "activation": "relu"}, LAST),
    "a sigmoid RNN": preset({**RNN, "activation": "sigmoid"}, LAST),
    "a linear RNN": preset({**RNN, "activation": "linear"}, LAST),
    "an LSTM": preset(LSTM, LAST),
    "an LSTM with forget bias 3": preset({**LSTM, "forget_bias": 3.0}, LAST),
    "an LSTM with chrono biases": preset({**LSTM, "forget_bias": {"type": "chrono", "t_max": 20}}, LAST),
    "a GRU": preset(GRU, LAST),
    "a GRU with update bias 3": preset({**GRU, "update_bias": 3.0}, LAST),
    "an LSTM with peepholes": preset({**LSTM, "peephole": True}, LAST),
    "an LSTM with peepholes at every timestep": preset({**LSTM, "peephole": True}, task=ECHO),
    "an orthogonal RNN": preset({**RNN, "parametrization": "orthogonal"}, LAST),
    "an echo state": preset(layer("echo_state", units=12), LAST),
    "a leaky echo state": preset(layer("echo_state", units=12, leak=0.3), task=ECHO),
    "an RNN behind an echo state": preset(layer("echo_state", units=12, leak=0.7), RNN, LAST),
    "an LSTM on embedded symbols": preset(EMBEDDING, LSTM, LAST, task=SYMBOLS_TASK),
    "a GRU on the symbols themselves": preset(GRU, LAST, task=SYMBOLS_TASK),
    "the mean over time": preset(GRU, layer("mean_over_time"), DENSE),
    "all timesteps side by side": preset(RNN, layer("flatten"), DENSE),
    "one timestep": preset(LSTM, GRU, RNN, LAST, task=fixed(wave(4, 1, 3), wave(4, 2))),
    "two RNNs": preset(RNN, layer("rnn", 2, units=9, activation="relu"), LAST),
    "two LSTMs": preset(LSTM, layer("lstm", 2, units=9), LAST, DENSE),
    "two GRUs": preset(GRU, layer("gru", 2, units=9), LAST, DENSE),
    "a dense layer between two kinds": preset(LSTM, DENSE, GRU, layer("dense", 2, units=5), LAST),
    "delayed echo, RNN": preset(RNN, task=ECHO),
    "delayed echo, LSTM": preset(LSTM, task=ECHO),
    "delayed echo, GRU": preset(GRU, layer("gru", 2, units=9), task=ECHO),
    "digits by rows": preset(GRU, LAST, task=ROWS),
}

TRUNCATED = {
    f"{one['type']}, truncated every {every}, {'echo' if task else 'adding'}": preset(
        one, *([] if task else [LAST]), task=task, truncate=every
    )
    for one in (RNN, LSTM, GRU)
    for every in (1, 6, 20)
    for task in (None, ECHO)
} | {
    "peepholes, truncated every 6": preset({**LSTM, "peephole": True}, LAST, truncate=6),
    "a leaky echo state, truncated every 6": preset(
        layer("echo_state", units=12, leak=0.3), task=ECHO, truncate=6
    ),
}

FEED_FORWARD = {
    "an empty chain": preset(task=VALUES_TASK),
    "dense layers on rows": preset(
        DENSE, layer("dense", 2, units=6, bias=False, activation="relu"), task=VALUES_TASK
    ),
    "a head without bias": preset(DENSE, output={"activation": "tanh", "bias": False}, task=VALUES_TASK),
    "a skip of equal size": preset(
        DENSE, layer("dense", 2, units=10), layer("skip", **{"from": "dense1"}), LAST
    ),
    "a scaled skip from the input": preset(
        DENSE, layer("skip", **{"from": "input", "scale": 0.5}), task=SPIRALS
    ),
    "a skip around a linear activation": preset(
        DENSE,
        layer("activation", function="linear"),
        layer("dense", 2, units=10, activation="tanh"),
        layer("skip", **{"from": "dense1"}),
        task=SPIRALS,
    ),
    "two skips from one source": preset(
        DENSE,
        layer("dense", 2, units=10, activation="tanh"),
        layer("skip", 1, **{"from": "dense1"}),
        layer("dense", 3, units=10, activation="tanh"),
        layer("skip", 2, **{"from": "dense1", "scale": -2.0}),
        layer("skip", 3, **{"from": "skip1"}),
        task=SPIRALS,
    ),
    "a skip over a recurrent layer": preset(
        RNN, layer("rnn", 2, units=12), layer("skip", **{"from": "rnn1"}), LAST
    ),
    "a skip from the last timestep": preset(LSTM, LAST, DENSE, layer("skip", **{"from": "last1"})),
    "batch norm on vectors": preset(
        DENSE, layer("batch_norm"), layer("activation", function="relu"), task=SPIRALS
    ),
    "batch norm on sequences": preset(RNN, layer("batch_norm", eps=1e-3), LSTM, LAST),
    "batch norm first": preset(layer("batch_norm"), GRU, layer("batch_norm", 2), LAST),
    "batch norm of a single row": preset(DENSE, layer("batch_norm"), task=fixed([[1.0, 2.0]], [[1.0]])),
    "layer norm on vectors": preset(DENSE, layer("layer_norm", eps=1e-3), task=SPIRALS),
    "layer norm on sequences": preset(layer("layer_norm"), LSTM, layer("layer_norm", 2), LAST),
    "weight norm": preset({**DENSE, "weight_norm": True}, LAST, {**DENSE, "id": "d", "weight_norm": True}),
    "flat inputs": preset(layer("flatten"), DENSE),
    "softplus far out": preset(
        {**DENSE, "activation": "softplus", "bias_init": {"type": "constant", "value": 21.0}},
        task=VALUES_TASK,
    ),
    "dropout on vectors": preset(DENSE, layer("dropout"), layer("dense", 2, units=7), task=SPIRALS),
    "dropout on sequences": preset(GRU, layer("dropout", p=0.2), layer("gru", 2, units=6), LAST),
    "dropout first": preset(layer("dropout", p=0.3), LSTM, LAST),
    "layers without weights first": preset(
        layer("activation", function="linear"),
        layer("activation", 2, function="erf"),
        layer("skip", **{"from": "input"}),
        LAST,
        DENSE,
    ),
    "frozen layers": preset({**LSTM, "frozen": True}, LAST, {**DENSE, "frozen": True}),
    "frozen parametrized layers": preset(
        {**RNN, "frozen": True, "parametrization": "orthogonal"},
        LAST,
        {**DENSE, "frozen": True, "weight_norm": True},
    ),
} | {
    f"activation {name}": preset(
        {**DENSE, "activation": name},
        layer("activation", function=name),
        task=VALUES_TASK,
        output={"activation": name},
    )
    for name in ACTIVATIONS
}

LOSSES = {
    "mse": preset(DENSE, task=VALUES_TASK, loss="mse"),
    "mse on classes": preset(DENSE, task=SPIRALS, loss="mse"),
    "mse on classes at every timestep": preset(RNN, task=LABELS_TASK, loss="mse"),
    "mse at every timestep": preset(LSTM, task=EVERYWHERE_TASK),
    "mae": preset(DENSE, task=VALUES_TASK, loss="mae"),
    "mae on classes": preset(DENSE, task=SPIRALS, loss="mae"),
    "mae at every timestep": preset(RNN, task=ECHO, loss="mae"),
    "cross_entropy from logits": preset(DENSE, task=SPIRALS, loss="cross_entropy"),
    "cross_entropy from logits at every timestep": preset(GRU, task=LABELS_TASK),
    "cross_entropy from softmax": preset(DENSE, task=SPIRALS, output={"activation": "softmax"}),
    "cross_entropy from sigmoid": preset(GRU, task=LABELS_TASK, output={"activation": "sigmoid"}),
    "bce from logits on classes": preset(DENSE, task=SPIRALS, loss="bce"),
    "bce from logits on values": preset(DENSE, task=ZERO_ONE_TASK, loss="bce"),
    "bce from logits at every timestep": preset(RNN, task=PARITY_TASK, loss="bce"),
    "bce from sigmoid on classes": preset(DENSE, task=SPIRALS, loss="bce", output={"activation": "sigmoid"}),
    "bce from sigmoid on values": preset(
        DENSE, task=ZERO_ONE_TASK, loss="bce", output={"activation": "sigmoid"}
    ),
    "sum": preset(DENSE, task=VALUES_TASK, loss="sum"),
    "sum at every timestep": preset(RNN, task=ECHO, loss="sum"),
    "loss_scale 1e6": preset(LSTM, LAST, loss_scale=1e6),
    "loss_scale 1e-6": preset(GRU, task=ECHO, loss_scale=1e-6),
}


def long(one: Preset, **training: Any) -> Preset:
    """100 timesteps of the adding problem, as in the shipped lessons."""
    return preset(one, LAST, task={"type": "adding", "length": 100}, **({"batch_size": 16} | training))


LONG = {
    "100 timesteps, tanh RNN": long(layer("rnn", units=128)),
    "100 timesteps, relu RNN": long(layer("rnn", units=128, activation="relu")),
    "100 timesteps, orthogonal RNN": long(
        layer("rnn", units=64, recurrent_init={"type": "orthogonal", "gain": 0.9}), batch_size=32
    ),
    "100 timesteps, IRNN": long(
        layer(
            "rnn",
            units=64,
            activation="relu",
            recurrent_init={"type": "identity"},
            bias_init={"type": "zeros"},
        )
    ),
    "100 timesteps, LSTM": long(layer("lstm", units=64)),
    "100 timesteps, chrono LSTM": long(layer("lstm", units=64, forget_bias={"type": "chrono", "t_max": 100})),
    "100 timesteps, GRU": long(layer("gru", units=64)),
    "64 pixels, GRU": preset(layer("gru", units=64), LAST, task={"type": "digits", "as": "pixels"}),
}

CHAOTIC = {  # float32 and float64 states part ways within the 100 timesteps
    "100 timesteps, tanh RNN, gain 1.5": long(
        layer("rnn", units=64, recurrent_init={"type": "scaled_normal", "gain": 1.5})
    ),
    "100 timesteps, orthogonal RNN, gain 2": long(
        layer("rnn", units=64, recurrent_init={"type": "orthogonal", "gain": 2.0})
    ),
    "100 timesteps, LSTM, gain 4": long(
        layer("lstm", units=64, recurrent_init={"type": "scaled_normal", "gain": 4.0})
    ),
    "100 timesteps, GRU, gain 3": long(
        layer("gru", units=64, recurrent_init={"type": "scaled_normal", "gain": 3.0})
    ),
}

CASES = RECURRENT | TRUNCATED | FEED_FORWARD | LOSSES | LONG
