"""Networks that learn, though something about them looks like trouble."""

from tests.labelled.building import (
    HE,
    LAST,
    Candidate,
    adam,
    clip,
    deep,
    dense,
    family,
    gru,
    init,
    lstm,
    normalized,
    rnn,
    run,
    sgd,
    skipped,
    task,
)

MOONS, SPIRALS, XOR, SINE, CIRCLES = (task(kind) for kind in ("moons", "spirals", "xor", "sine", "circles"))
DIGITS, ROWS = task("digits"), task("digits", **{"as": "rows"})
MEAN = {"id": "mean1", "type": "mean_over_time"}


def candidates() -> list[Candidate]:
    """All families of this kind."""
    return [*small_gradients(), *cut(), *steps_and_sizes(), *deep_ones()]


def small_gradients() -> list[Candidate]:
    """Tiny, and rightly so."""
    return [
        *family(
            "converged",
            "converged: all gradients are tiny, for nothing is left to learn",
            run(deep(2, 16), task=XOR, steps=400, optimizer=adam(0.02)),
            run(deep(2, 24, "relu"), task=SINE, steps=400, optimizer=adam(0.01)),
            run(dense(24), task=MOONS, steps=400, optimizer=adam(0.05)),
            run(deep(2, 32, "relu"), task=DIGITS, steps=300, optimizer=adam(0.01)),
            run(deep(3, 24, "gelu"), task=CIRCLES, steps=400, optimizer=adam(0.01)),
            run(deep(4, 16, "elu"), task=XOR, steps=300, optimizer=sgd(0.05, momentum=0.9)),
        ),
        *family(
            "healthy-scaled-loss",
            "a healthy network whose loss is scaled: all gradients are small or large together",
            run(deep(3, 24, "relu"), task=DIGITS, loss_scale=1e-4, optimizer=sgd(2000.0)),
            run(deep(2, 24), task=SINE, loss_scale=1e-4, optimizer=adam(0.01)),
            run(deep(3, 24), task=MOONS, loss_scale=1e4, optimizer=sgd(3e-5)),
            run(deep(2, 32, "relu"), task=DIGITS, loss_scale=1e4, optimizer=adam(0.005)),
            run(rnn(16), task=task("delayed_echo", lag=1, length=16), loss_scale=1e-4, optimizer=adam(0.01)),
            run(gru(16), LAST, task=ROWS, loss_scale=1e4, optimizer=adam(0.01)),
        ),
        *family(
            "small-learning-rate",
            "the learning rate is small and the loss falls slowly",
            run(deep(3, 32, "relu", weight_init=HE), task=DIGITS, steps=250, optimizer=sgd(0.01)),
            run(deep(2, 24), task=SINE, steps=250, optimizer=sgd(0.02)),
            run(dense(32, "relu"), task=DIGITS, steps=200, optimizer=adam(0.0005)),
            run(deep(2, 24, "gelu", weight_init=HE), task=DIGITS, steps=250, optimizer=sgd(0.02)),
        ),
    ]


def cut() -> list[Candidate]:
    """Parts of the network get nothing, or little, and may."""
    zeros = init("zeros")
    return [
        *family(
            "narrow-bottleneck",
            "a layer of one or two units in the middle",
            run(deep(2, 24), dense(2), deep(2, 24), task=SINE, optimizer=adam(0.01), steps=150),
            run(
                dense(24, "relu"),
                dense(2, "linear"),
                dense(24, "relu"),
                task=MOONS,
                optimizer=adam(0.02),
                steps=120,
            ),
            run(
                deep(2, 32, "elu"),
                dense(3, "elu"),
                dense(24, "elu"),
                task=DIGITS,
                optimizer=adam(0.01),
                steps=200,
            ),
            run(
                dense(16, "gelu"),
                dense(1, "linear"),
                dense(16, "gelu"),
                task=SINE,
                optimizer=adam(0.01),
                steps=150,
            ),
        ),
        *family(
            "zero-last-layer",
            "the last layer starts at 0: at first nothing flows back",
            run(deep(3, 24, "relu"), task=DIGITS, output={"weight_init": zeros}, optimizer=adam(0.01)),
            run(deep(2, 24), task=MOONS, output={"weight_init": zeros}, optimizer=adam(0.02)),
            run(rnn(16), LAST, task=ROWS, output={"weight_init": zeros}, optimizer=adam(0.01)),
            run(deep(4, 20, "elu"), task=SINE, output={"weight_init": zeros}, optimizer=adam(0.01)),
        ),
        *family(
            "zero-branches",
            "the branches beside the skips start at 0",
            run(
                dense(24, "relu", id="first"),
                dense(24, "relu"),
                dense(24, "linear", weight_init=zeros),
                {"id": "sum", "type": "skip", "from": "first"},
                task=DIGITS,
                optimizer=sgd(0.2),
            ),
            run(
                dense(20, id="first"),
                dense(20),
                dense(20, "linear", weight_init=zeros),
                {"id": "sum", "type": "skip", "from": "first"},
                task=MOONS,
                optimizer=adam(0.01),
            ),
        ),
        *family(
            "frozen-layer",
            "one layer is frozen",
            run(dense(32, "relu", frozen=True), dense(24, "relu"), task=DIGITS, optimizer=adam(0.01)),
            run(dense(24), dense(24, frozen=True), dense(24), task=MOONS, optimizer=adam(0.02)),
            run(
                rnn(24, frozen=True, recurrent_init=init("orthogonal")),
                LAST,
                dense(24, "relu"),
                task=ROWS,
                optimizer=adam(0.01),
            ),
            run(dense(24, "elu"), dense(24, "elu", frozen=True), task=SINE, optimizer=adam(0.01)),
        ),
        *family(
            "unusual-parts",
            "weight norm, peepholes, a reservoir, an orthogonal parametrization",
            run(deep(3, 24, "elu", weight_norm=True), task=DIGITS, optimizer=adam(0.01)),
            run(lstm(16, peephole=True), LAST, task=ROWS, optimizer=adam(0.02), steps=120),
            run(
                {"type": "echo_state", "units": 32}, LAST, dense(24, "relu"), task=ROWS, optimizer=adam(0.01)
            ),
            run(
                rnn(16, parametrization="orthogonal"),
                task=task("delayed_echo", lag=2, length=20),
                optimizer=adam(0.02),
            ),
        ),
        *family(
            "truncated",
            "the gradient is cut off in time, behind all that the task needs",
            run(rnn(16), task=task("delayed_echo", lag=1, length=24), truncate=8, optimizer=adam(0.01)),
            run(
                gru(16),
                task=task("delayed_echo", lag=2, length=24),
                truncate=12,
                optimizer=adam(0.02),
                steps=120,
            ),
        ),
    ]


def steps_and_sizes() -> list[Candidate]:
    """Noisy, clipped, or one sample at a time."""
    return [
        *family(
            "batch-of-one",
            "one sample at a time: losses and gradients jump",
            run(deep(2, 24, "relu"), task=DIGITS, batch_size=1, steps=300, optimizer=sgd(0.05)),
            run(deep(2, 24), task=SINE, batch_size=1, steps=300, optimizer=sgd(0.05)),
            run(dense(24), task=MOONS, batch_size=1, steps=300, optimizer=adam(0.02)),
            run(deep(3, 16, "elu"), task=XOR, batch_size=1, steps=300, optimizer=adam(0.01)),
            run(
                gru(12),
                task=task("delayed_echo", lag=1, length=12),
                batch_size=1,
                steps=150,
                optimizer=adam(0.01),
            ),
            run(deep(2, 32, "gelu"), task=DIGITS, batch_size=2, steps=250, optimizer=adam(0.005)),
        ),
        *family(
            "clipped-but-learning",
            "clipping strikes at nearly every step and the network learns",
            run(deep(2, 32, "relu"), task=DIGITS, optimizer=sgd(2.0), clip=clip(0.1), steps=120),
            run(deep(2, 24), task=SINE, optimizer=sgd(1.0), clip=clip(0.1), steps=120),
            run(gru(16), LAST, task=ROWS, optimizer=sgd(2.0), clip=clip(0.2), steps=100),
            run(deep(3, 24, "elu"), task=DIGITS, optimizer=sgd(4.0), clip=clip(0.005, "value"), steps=150),
            run(dense(32), task=MOONS, optimizer=sgd(5.0), clip=clip(0.05), steps=150),
            run(
                rnn(16),
                task=task("delayed_echo", lag=1, length=20),
                optimizer=sgd(1.0),
                clip=clip(0.05),
                steps=120,
            ),
        ),
    ]


def deep_ones() -> list[Candidate]:
    """Deep, with a gradient that reaches all layers."""
    return [
        *family(
            "deep-batch-norm",
            "relu and batch norm, deep: gradients grow a little from layer to layer",
            run(normalized(10, 24), task=DIGITS, batch_size=32, optimizer=sgd(0.05), steps=60),
            run(normalized(14, 20), task=MOONS, batch_size=32, optimizer=adam(0.005), steps=80),
            run(
                normalized(8, 24, activation="tanh"), task=DIGITS, batch_size=32, optimizer=sgd(0.1), steps=60
            ),
            run(normalized(6, 32, "layer_norm"), task=DIGITS, optimizer=adam(0.01), steps=150),
        ),
        *family(
            "deep-and-well-drawn",
            "many layers, drawn so that the gradient keeps its size",
            run(deep(9, 40, "relu", weight_init=HE), task=DIGITS, optimizer=adam(0.005), steps=250),
            run(
                deep(16, 24, weight_init=init("orthogonal", gain=1.05)),
                task=MOONS,
                optimizer=adam(0.005),
                steps=100,
            ),
            run(deep(10, 32, "selu", weight_init=init("lecun_normal")), task=DIGITS, optimizer=adam(0.003)),
            run(
                deep(20, 32, weight_init=init("orthogonal", gain=1.05)),
                task=DIGITS,
                optimizer=adam(0.002),
                steps=100,
            ),
        ),
        *family(
            "deep-but-not-ill",
            "the gradient shrinks or grows tenfold or more along the way and the network learns",
            run(normalized(22, 20), task=MOONS, batch_size=32, optimizer=adam(0.003), steps=150),
            run(normalized(20, 24), task=CIRCLES, batch_size=32, optimizer=adam(0.005), steps=200),
            run(deep(3, 24, "sigmoid"), task=DIGITS, optimizer=adam(0.01), steps=250),
            run(deep(6, 24, "relu"), task=MOONS, optimizer=adam(0.01), steps=200),
            run(deep(7, 24), task=DIGITS, optimizer=adam(0.003), steps=150),
            run(deep(5, 32, "silu"), task=DIGITS, optimizer=adam(0.005), steps=150),
        ),
        *family(
            "scaled-skips",
            "deep, with skips",
            run(skipped(12, 24, weight_init=init("normal", std=0.1)), task=DIGITS, optimizer=adam(0.003)),
            run(
                skipped(20, 24, "tanh", weight_init=init("normal", std=0.05)),
                task=MOONS,
                optimizer=adam(0.005),
            ),
            run(skipped(10, 20, "gelu"), task=SINE, optimizer=adam(0.003), steps=120),
            run(
                skipped(16, 32, "elu", weight_init=init("normal", std=0.05)), task=DIGITS, optimizer=sgd(0.05)
            ),
        ),
        *family(
            "opens-up-in-depth",
            "starts with a gradient that hardly reaches the first layer, and recovers",
            run(deep(6, 24, "sigmoid"), task=MOONS, optimizer=adam(0.03), steps=400),
            run(
                deep(5, 24, "relu", weight_init=init("normal", std=0.1)),
                task=DIGITS,
                optimizer=adam(0.01),
                steps=150,
            ),
            run(deep(3, 16, "sigmoid"), task=MOONS, optimizer=adam(0.05), steps=250),
            run(deep(12, 24, "relu"), task=MOONS, optimizer=adam(0.01), steps=300),
        ),
    ]
