"""Runs that end at a number that is not finite."""

from tests.labelled.building import (
    HE,
    LAST,
    Candidate,
    adam,
    deep,
    dense,
    family,
    gru,
    init,
    lstm,
    noise,
    rnn,
    run,
    sgd,
    skipped,
    task,
)

MOONS, SPIRALS, XOR, SINE = (task(kind) for kind in ("moons", "spirals", "xor", "sine"))
DIGITS = task("digits")


def candidates() -> list[Candidate]:
    """All families of this kind."""
    return [*too_fast(), *at_once(), *later()]


def too_fast() -> list[Candidate]:
    """The learning rate throws the weights away within a few steps."""
    return [
        *family(
            "far-too-fast",
            "a learning rate far beyond all bounds",
            run(deep(3, 24, "relu", weight_init=HE), task=SINE, optimizer=sgd(5.0)),
            run(deep(6, 24, "relu", weight_init=HE), task=noise(8), optimizer=sgd(2.0)),
            run(deep(4, 16, "leaky_relu"), task=SINE, optimizer=sgd(30.0)),
            run(
                rnn(16, activation="relu", recurrent_init=init("identity")),
                LAST,
                task=task("adding", length=24),
                optimizer=sgd(2.0),
            ),
            run(deep(2, 32, "linear"), task=DIGITS, loss="mse", optimizer=sgd(8.0)),
            run(task=noise(16, targets=3), optimizer=sgd(60.0)),
            run(deep(4, 24, "elu"), task=noise(6, targets=2), optimizer=sgd(6.0, momentum=0.9)),
            run(deep(3, 32, "gelu"), task=SINE, optimizer=sgd(10.0), loss_scale=10.0),
        ),
        *family(
            "thrown-out-of-range",
            "one step throws the weights far away",
            run(deep(2, 16), task=DIGITS, optimizer=sgd(1e30)),
            run(dense(16, "relu"), task=SPIRALS, optimizer=sgd(1e25)),
            run(gru(8), LAST, task=task("parity", length=6), optimizer=adam(1e30)),
            run(deep(3, 16, "relu"), task=MOONS, optimizer=adam(1e20)),
        ),
    ]


def at_once() -> list[Candidate]:
    """The first forward or backward pass overflows."""
    return [
        *family(
            "overflows-at-once",
            "the first pass leaves float32's range",
            run(
                rnn(16, activation="linear", recurrent_init=init("orthogonal", gain=4)),
                LAST,
                task=task("adding", length=80),
                steps=30,
            ),
            run(deep(40, 24, "relu", weight_init=init("kaiming_normal", gain=8)), task=MOONS, steps=30),
            run(skipped(30, 16, scale=30.0), task=SINE, steps=30),
            run(
                rnn(12, activation="relu", recurrent_init=init("identity", gain=5)),
                LAST,
                task=task("adding", length=70),
                steps=30,
            ),
            run(deep(3, 16, "exponential", weight_init=init("constant", value=3.0)), task=MOONS, steps=30),
            run(
                deep(30, 16, weight_init=init("scaled_normal", gain=30)),
                task=noise(8),
                loss_scale=1e12,
                steps=30,
            ),
        ),
        *family(
            "exponential-units",
            "units that are exponential functions",
            run(deep(2, 16, "exponential"), task=SINE, optimizer=sgd(0.3)),
            run(
                dense(24, "exponential", weight_init=init("normal", std=2.0)),
                task=noise(6),
                optimizer=sgd(0.05),
            ),
            run(deep(2, 12, "exponential"), task=noise(4), optimizer=sgd(0.2)),
            run(dense(16, "exponential"), task=noise(12), optimizer=sgd(1.0)),
        ),
    ]


def later() -> list[Candidate]:
    """It takes tens or hundreds of steps."""
    return [
        *family(
            "creeps-to-infinity",
            "grows step by step until float32 ends",
            run(task=noise(4), steps=600, batch_size=64, optimizer=sgd(1.3)),
            run(task=noise(6, targets=2), steps=600, batch_size=64, optimizer=sgd(2.3), seed=1),
            run(dense(16), task=noise(6), steps=300, optimizer=sgd(0.5, weight_decay=6.0)),
            run(deep(2, 16, "relu"), task=SINE, steps=300, optimizer=sgd(0.3, weight_decay=9.0)),
            run(
                dense(12, "linear"), task=noise(6), steps=400, batch_size=32, optimizer=sgd(0.6, momentum=0.9)
            ),
            run(
                lstm(8), LAST, task=task("adding", length=8), steps=300, optimizer=sgd(2.5, weight_decay=1.5)
            ),
            run(task=SINE, steps=500, optimizer=sgd(0.45)),
            run(task=noise(5), steps=500, batch_size=32, optimizer=sgd(0.3, momentum=0.97)),
        ),
        *family(
            "explodes-in-time-then-ends",
            "a recurrent network that explodes and comes to no number",
            run(
                rnn(16, activation="relu", recurrent_init=init("identity", gain=1.2)),
                LAST,
                task=task("adding", length=40),
                optimizer=sgd(0.01),
            ),
            run(
                rnn(16, activation="linear", recurrent_init=init("orthogonal", gain=1.1)),
                LAST,
                task=task("adding", length=30),
                optimizer=sgd(0.05),
            ),
            run(
                rnn(20, activation="relu", recurrent_init=init("orthogonal", gain=1.6)),
                task=task("delayed_echo", lag=5, length=40),
                optimizer=sgd(0.5),
            ),
            run(
                rnn(12, activation="linear", recurrent_init=init("identity", gain=1.15)),
                LAST,
                task=task("adding", length=36),
                optimizer=sgd(0.02),
            ),
        ),
    ]
