"""Relu units that are 0 on all samples."""

from tests.labelled.building import (
    HE,
    LAST,
    Candidate,
    adam,
    deep,
    dense,
    family,
    init,
    noise,
    rnn,
    run,
    sgd,
    task,
)

MOONS, SPIRALS, XOR, SINE, CIRCLES = (task(kind) for kind in ("moons", "spirals", "xor", "sine", "circles"))
DIGITS = task("digits")


def candidates() -> list[Candidate]:
    """All families of this kind."""
    return [*from_the_start(), *one_step()]


def bias(value: float) -> dict:
    """The same for all units."""
    return init("constant", value=value)


def from_the_start() -> list[Candidate]:
    """Biases or weights under which most units never fire."""
    return [
        *family(
            "low-biases",
            "biases so low that most units never fire",
            run(dense(32, "relu", bias_init=bias(-2.0)), task=MOONS, optimizer=sgd(0.01)),
            run(dense(32, "relu", bias_init=bias(-3.0)), dense(16), task=SINE, optimizer=sgd(0.005)),
            run(
                dense(24, "relu"), dense(24, "relu", bias_init=bias(-1.5)), task=noise(8), optimizer=sgd(0.01)
            ),
            run(
                dense(40, "relu", bias_init=bias(-1.2)), dense(20, "relu"), task=SPIRALS, optimizer=sgd(0.01)
            ),
            run(dense(32, "relu", bias_init=bias(-4.0)), task=noise(6, targets=2), optimizer=sgd(0.02)),
            run(
                dense(32, "relu", bias_init=bias(-1.6)), dense(16, "relu"), task=DIGITS, optimizer=sgd(0.002)
            ),
            run(
                dense(24, "relu", bias_init=init("normal", std=3.0)),
                dense(24, "relu", bias_init=bias(-6.0)),
                task=noise(8, classes=3),
            ),
            run(dense(32, "relu", bias_init=bias(-1.5)), task=CIRCLES, optimizer=adam(), seed=3),
        ),
        *family(
            "mostly-dead",
            "most units of a layer are dead, some are alive",
            run(dense(32, "relu", bias_init=bias(-1.4)), dense(16), task=MOONS, optimizer=sgd(0.005)),
            run(dense(40, "relu", bias_init=bias(-2.2)), dense(16), task=noise(8), optimizer=sgd(0.01)),
            run(dense(36, "relu", bias_init=bias(-0.8)), dense(20), task=DIGITS, optimizer=sgd(0.01), seed=1),
            run(dense(40, "relu", bias_init=bias(-0.95)), task=CIRCLES, optimizer=sgd(0.02)),
            run(dense(40, "relu", bias_init=bias(-1.35)), task=XOR, optimizer=sgd(0.01), seed=2),
            run(
                dense(24), dense(40, "relu", bias_init=bias(-0.9)), task=SPIRALS, optimizer=sgd(0.01), seed=3
            ),
            run(
                dense(36, "relu", bias_init=bias(-2.4)),
                dense(24),
                task=noise(10, classes=3),
                optimizer=sgd(0.02),
            ),
            run(
                dense(48, "relu", bias_init=bias(-0.75)), dense(24, "relu"), task=DIGITS, optimizer=sgd(0.005)
            ),
        ),
        *family(
            "negative-weights",
            "inputs are never negative and nearly all weights are",
            run(
                dense(32, "relu", weight_init=init("uniform", limit=0.3), bias_init=bias(-2.5)),
                task=DIGITS,
                optimizer=sgd(0.005),
            ),
            run(dense(24, "relu", weight_init=init("constant", value=-0.1)), dense(12), task=DIGITS),
            run(
                dense(24, "relu"),
                dense(16, "relu", weight_init=init("constant", value=-0.3), bias_init=bias(0.05)),
                task=SPIRALS,
            ),
            run(
                dense(20, "sigmoid"),
                dense(20, "relu", weight_init=init("constant", value=-0.2)),
                dense(8),
                task=SINE,
            ),
        ),
        *family(
            "dead-recurrence",
            "a recurrent relu layer most of whose units never fire",
            run(
                rnn(20, activation="relu", bias_init=bias(-1.5)),
                LAST,
                task=task("adding", length=12),
                optimizer=sgd(0.05),
                steps=60,
            ),
            run(
                rnn(24, activation="relu", bias_init=bias(-1.0)),
                task=task("delayed_echo", lag=3, length=14),
                steps=60,
            ),
            run(
                rnn(16, activation="relu", bias_init=bias(-2.0)),
                LAST,
                dense(12),
                task=task("parity", length=8),
                steps=60,
            ),
            run(
                dense(16, "relu", bias_init=bias(-1.5)),
                rnn(16),
                LAST,
                task=task("adding", length=10),
                optimizer=sgd(0.01),
                steps=60,
            ),
        ),
    ]


def one_step() -> list[Candidate]:
    """A step too large puts them out, and nothing wakes them."""
    return [
        *family(
            "dead-after-one-step",
            "one step too large puts most units out",
            run(deep(2, 32, "relu", weight_init=HE), task=DIGITS, loss="mse", optimizer=sgd(6.0)),
            run(deep(3, 24, "relu"), task=DIGITS, loss="mse", optimizer=sgd(8.0)),
            run(deep(2, 40, "relu"), task=DIGITS, optimizer=sgd(3.0), seed=1),
            run(deep(3, 32, "relu", weight_init=HE), task=DIGITS, loss="mse", optimizer=sgd(4.0), seed=2),
            run(deep(2, 24, "relu", weight_init=HE), task=noise(8, targets=8), optimizer=sgd(3.5)),
            run(deep(3, 24, "relu", weight_init=HE), task=noise(10, targets=6), optimizer=sgd(2.5)),
            run(deep(4, 32, "relu", weight_init=HE), task=DIGITS, optimizer=sgd(2.0)),
            run(deep(4, 24, "relu"), task=DIGITS, loss="mse", optimizer=sgd(9.0), seed=4),
        ),
        *family(
            "dead-under-adam",
            "Adam with a learning rate that puts most units out",
            run(deep(3, 28, "relu"), task=noise(8, classes=3), optimizer=adam(0.3), seed=5),
            run(deep(3, 24, "relu"), task=DIGITS, optimizer=adam(0.5)),
            run(deep(3, 32, "relu"), task=noise(8, classes=4), optimizer=adam(0.3)),
            run(deep(2, 24, "relu"), task=noise(12, targets=3), optimizer=adam(0.3)),
            run(deep(4, 24, "relu"), task=CIRCLES, optimizer=adam(0.2), seed=1),
            run(deep(3, 28, "relu"), task=noise(6, targets=2), optimizer=adam(0.2), seed=6),
            run(
                rnn(16, activation="relu"),
                LAST,
                dense(24, "relu"),
                task=task("parity", length=8),
                optimizer=adam(0.3),
            ),
            run(deep(4, 16, "relu"), task=XOR, optimizer=adam(0.5), seed=2),
        ),
        *family(
            "dead-and-scaled",
            "dead units under a loss that is scaled",
            run(dense(32, "relu", bias_init=bias(-2.5)), task=noise(8), loss_scale=1e4, optimizer=sgd(1e-6)),
            run(deep(2, 24, "relu"), task=noise(8, classes=3), loss_scale=1e4, optimizer=adam(0.4)),
            run(
                dense(28, "relu", bias_init=bias(-2.0)),
                dense(12),
                task=SPIRALS,
                loss_scale=1e-4,
                optimizer=sgd(50.0),
            ),
            run(deep(3, 24, "relu"), task=SPIRALS, loss_scale=1e-4, optimizer=adam(0.5), seed=3),
        ),
    ]
