"""Recurrent networks that forget what their task needs."""

from tests.labelled.building import (
    LAST,
    Candidate,
    adam,
    deep,
    dense,
    family,
    gru,
    init,
    lstm,
    rnn,
    run,
    sgd,
    task,
)


def adding(length: int) -> dict:
    """Half of the length has to be remembered."""
    return task("adding", length=length)


def candidates() -> list[Candidate]:
    """All families of this kind, easy ones first."""
    return [*plain(), *gated(), *every_timestep(), *hidden()]


def plain() -> list[Candidate]:
    """Plain recurrent layers."""
    return [
        *family(
            "rnn-forgets",
            "a plain recurrent layer with PyTorch's weights",
            run(rnn(16), LAST, task=adding(50), optimizer=sgd(0.02)),
            run(rnn(24), LAST, task=task("temporal_order", length=36), optimizer=adam()),
            run(rnn(20, activation="relu"), LAST, task=adding(40), seed=2),
            run(rnn(16, activation="sigmoid"), LAST, task=adding(24), optimizer=sgd(0.02), seed=1),
            run(
                rnn(24, recurrent_init=init("scaled_normal", gain=0.6)), LAST, task=task("parity", length=30)
            ),
            run(
                rnn(20, recurrent_init=init("orthogonal", gain=0.6)), LAST, task=adding(44), optimizer=adam()
            ),
        ),
        *family(
            "nearly-remembers",
            "less than a ten-thousandth is left of what the task needs, but not much less",
            run(
                rnn(20, recurrent_init=init("orthogonal", gain=0.7)),
                LAST,
                task=adding(40),
                optimizer=sgd(0.05),
            ),
            run(rnn(24), LAST, task=adding(38), optimizer=sgd(0.05), seed=5),
            run(lstm(16), LAST, task=adding(46), optimizer=sgd(0.05), steps=60, seed=2),
            run(gru(16), LAST, task=adding(46), optimizer=sgd(0.05), steps=60, seed=3),
        ),
        *family(
            "saturated-rnn",
            "weights too large: the states saturate and nothing passes them",
            run(
                rnn(16, recurrent_init=init("orthogonal", gain=5)),
                LAST,
                task=adding(36),
                optimizer=sgd(0.005),
            ),
            run(
                rnn(16, recurrent_init=init("identity", gain=4)), LAST, task=adding(30), optimizer=sgd(0.005)
            ),
            run(
                rnn(12, recurrent_init=init("identity", gain=3)), LAST, task=task("parity", length=20), seed=3
            ),
            run(rnn(20, bias_init=init("constant", value=3)), LAST, task=adding(30), optimizer=sgd(0.005)),
        ),
    ]


def gated() -> list[Candidate]:
    """LSTM and GRU do not remember by themselves."""
    return [
        *family(
            "gates-forget",
            "an LSTM or GRU whose gates are half closed",
            run(lstm(16), LAST, task=adding(60), optimizer=sgd(0.02), steps=60),
            run(gru(16), LAST, task=adding(56), optimizer=sgd(0.02), steps=60),
            run(lstm(20), LAST, task=task("temporal_order", length=40), optimizer=adam(), steps=60),
            run(gru(12), LAST, task=task("temporal_order", length=44), optimizer=sgd(0.05), steps=60, seed=2),
            run(lstm(12, forget_bias=-1.0), LAST, task=adding(30), optimizer=sgd(0.05), steps=60),
            run(gru(12, update_bias=-1.0), LAST, task=adding(30), optimizer=sgd(0.05), steps=60),
        ),
    ]


def every_timestep() -> list[Candidate]:
    """A loss at every timestep hides what is forgotten."""
    return [
        *family(
            "loss-at-every-timestep",
            "sizes look even along time, for the loss enters everywhere",
            run(gru(14), task=task("copy_memory", delay=16, symbols=3), optimizer=sgd(0.1), steps=60),
            run(lstm(12), task=task("copy_memory", delay=20, symbols=3), optimizer=sgd(0.05), steps=60),
            run(rnn(20), task=task("delayed_echo", lag=26, length=40), optimizer=sgd(0.05)),
            run(gru(16), task=task("delayed_echo", lag=30, length=44), optimizer=adam(), steps=60),
            run(lstm(16), task=task("delayed_echo", lag=30, length=40), optimizer=sgd(0.05), steps=60),
            run(gru(12), task=task("copy_memory", delay=18, symbols=4), optimizer=sgd(0.1), steps=60),
        ),
    ]


def hidden() -> list[Candidate]:
    """What a look at one layer, or at absolute sizes, misses."""
    return [
        *family(
            "stacked-and-forgetful",
            "recurrent layers on one another, none remembers",
            run(rnn(12), rnn(12), LAST, task=adding(40), optimizer=sgd(0.02), steps=60),
            run(gru(10), gru(10), LAST, task=adding(60), optimizer=sgd(0.05), steps=50),
            run(rnn(16), gru(12), LAST, task=task("temporal_order", length=40), optimizer=adam(), steps=50),
            run(rnn(12), rnn(12), rnn(12), task=task("delayed_echo", lag=30, length=38), steps=60),
        ),
        *family(
            "only-in-time",
            "depth is healthy, only time vanishes",
            run(
                dense(16),
                rnn(16),
                LAST,
                deep(3, 16, weight_init=init("xavier_normal")),
                task=adding(44),
                steps=60,
            ),
            run(dense(12), lstm(12), LAST, dense(12, "relu"), task=adding(60), steps=50, optimizer=sgd(0.02)),
            run(rnn(20), LAST, dense(20, "relu"), dense(10, "relu"), task=task("parity", length=32)),
            run(gru(12), LAST, dense(16, "selu"), dense(16, "selu"), task=adding(56), steps=50),
        ),
        *family(
            "forgetful-scaled-loss",
            "vanishing in time under a loss that is scaled",
            run(rnn(16), LAST, task=adding(48), loss_scale=1e4, optimizer=adam()),
            run(rnn(20), LAST, task=adding(40), loss_scale=1e4, optimizer=sgd(1e-6), seed=3),
            run(rnn(16), LAST, task=task("temporal_order", length=32), loss_scale=1e-4, optimizer=sgd(200.0)),
            run(gru(12), LAST, task=adding(54), loss_scale=1e-4, optimizer=sgd(300.0), steps=60),
        ),
    ]
