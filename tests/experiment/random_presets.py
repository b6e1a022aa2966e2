"""Random valid presets, as parsed JSON: what hypothesis tries on the file format."""

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
Draw = st.SearchStrategy[Json]

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
numbers = st.floats(-1e6, 1e6) | st.integers(-(10**6), 10**6)
activations = st.sampled_from(
    [
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
    ]
)


def record(kind: str | None = None, required: dict[str, Any] | None = None, **optional: Any) -> Draw:
    """An object with its required fields and any of its optional ones."""
    fixed = {"type": st.just(kind)} if kind else {}
    return st.fixed_dictionaries(fixed | (required or {}), optional=optional)


gain = st.floats(-1e6, 1e6)
initializers = st.one_of(
    *(
        record(kind, gain=gain)
        for kind in (
            "default",
            "zeros",
            "xavier_uniform",
            "xavier_normal",
            "kaiming_uniform",
            "kaiming_normal",
            "lecun_normal",
            "orthogonal",
            "identity",
            "scaled_normal",
        )
    ),
    record("constant", value=st.floats(-1e6, 1e6)),
    record("uniform", limit=st.floats(0, 1e6)),
    record("normal", std=st.floats(0, 1e6), gain=gain),
    record("values", {"values": st.lists(numbers, min_size=1, max_size=4)}),
    record("values", {"values": st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=1, max_size=3)}),
)
units = {"units": st.integers(1, 4096)}
recurrent = {
    "weight_init": initializers,
    "recurrent_init": initializers,
    "bias_init": st.none() | initializers,
    "frozen": st.booleans(),
}
gate_bias = st.floats(-1e3, 1e3) | st.integers(-1000, 1000)
layers = st.one_of(
    record(
        "rnn",
        units,
        activation=st.sampled_from(["tanh", "relu", "sigmoid", "linear"]),
        parametrization=st.sampled_from([None, "orthogonal"]),
        **recurrent,
    ),
    record(
        "lstm",
        units,
        peephole=st.booleans(),
        forget_bias=st.none() | gate_bias | record("chrono", t_max=st.integers(2, 10**6)),
        **recurrent,
    ),
    record("gru", units, update_bias=st.none() | gate_bias, **recurrent),
    record(
        "echo_state",
        units,
        spectral_radius=st.floats(0, 1e3),
        sparsity=st.floats(0, 0.999),
        leak=st.floats(1e-6, 1),
    ),
    record(
        "dense",
        units,
        activation=activations,
        bias=st.booleans(),
        weight_init=initializers,
        bias_init=initializers,
        weight_norm=st.booleans(),
        frozen=st.booleans(),
    ),
    record("embedding", {"size": st.integers(1, 4096)}),
    record("activation", {"function": activations}),
    record("dropout", p=st.floats(0, 0.999)),
    record("batch_norm", momentum=st.floats(0, 1), eps=st.floats(1e-12, 1)),
    record("layer_norm", eps=st.floats(1e-12, 1)),
    record("skip", {"from": text}, scale=st.floats(-1e6, 1e6)),
    record("last_step"),
    record("mean_over_time"),
    record("flatten"),
)
output = record(activation=activations, weight_init=initializers, bias_init=initializers, bias=st.booleans())
rows = st.integers(1, 4).flatmap(
    lambda count: record(
        "fixed",
        {
            "inputs": st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=count, max_size=count),
            "targets": st.lists(st.integers(0, 9), min_size=count, max_size=count)
            | st.lists(st.lists(st.floats(-9, 9), min_size=1, max_size=1), min_size=count, max_size=count),
        },
    )
)
echo = st.integers(2, 4096).flatmap(
    lambda length: record("delayed_echo", {"length": st.just(length), "lag": st.integers(1, length - 1)})
)
tasks = st.one_of(
    record("adding", length=st.integers(2, 4096)),
    record("digits", **{"as": st.sampled_from(["flat", "rows", "pixels"])}),
    record("spirals", noise=st.floats(0, 1)),
    record("csv", {"path": text}, target=text, window=st.none() | st.integers(1, 4096)),
    record("arrays", {"path": text}),
    echo,
    rows,
)
share, epsilon, decay = st.floats(0, 0.999), st.floats(0, 1), st.floats(0, 1e6)
lr = st.floats(0, 1e30)
optimizers = st.one_of(
    record("sgd", lr=lr, momentum=st.floats(0, 1), nesterov=st.booleans(), weight_decay=decay),
    record("rmsprop", lr=lr, alpha=share, eps=epsilon, momentum=st.floats(0, 1), weight_decay=decay),
    record("adam", lr=lr, beta1=share, beta2=share, eps=epsilon, weight_decay=decay),
    record("adamw", lr=lr, beta1=share, beta2=share, eps=epsilon, weight_decay=decay),
)
threshold = st.floats(1e-300, 1e30)
training = record(
    steps=st.integers(1, 10**7),
    batch_size=st.integers(1, 65_536),
    seed=st.integers(0, 2**32 - 1),
    optimizer=optimizers,
    clip=st.none() | record("norm", value=threshold) | record("value", value=threshold),
    truncate=st.none() | st.integers(1, 4096),
    early_stopping=st.none() | record(patience=st.integers(1, 10_000), min_delta=st.floats(0, 1e6)),
    omega=st.none() | record(None, {"weight": st.floats(0, 1e6)}),
    loss=st.sampled_from(["auto", "mse", "mae", "cross_entropy", "bce", "sum"]),
    loss_scale=st.floats(1e-12, 1e12),
    device=st.sampled_from(["auto", "cpu", "cuda"]),
)
ids = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,39}", fullmatch=True).filter(
    lambda name: name not in ("input", "output")
)
chains = st.lists(layers, max_size=5).flatmap(
    lambda chain: st.lists(ids, min_size=len(chain), max_size=len(chain), unique=True).map(
        lambda names: [{"id": name, **layer} for name, layer in zip(names, chain, strict=True)]
    )
)
kinds = st.sampled_from(["vanishing", "exploding", "non_finite", "dead_units", "saturated", "not_learning"])
alerts = st.dictionaries(kinds, st.just("off") | record(None, {"ratio": threshold}), max_size=3)
note = st.fixed_dictionaries(
    {
        "at": st.sampled_from(["input", "output"]),
        "text": st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400),
    }
)
annotations = st.lists(note, max_size=2, unique_by=lambda one: one["at"])
networks = st.fixed_dictionaries({"layers": chains}, optional={"output": output})
presets: Draw = st.fixed_dictionaries(
    {"format": st.just("vgviewer.preset"), "version": st.just(1), "network": networks, "task": tasks},
    optional={
        "name": text,
        "summary": text,
        "notes": text,
        "training": training,
        "alerts": alerts,
        "annotations": annotations,
    },
)
