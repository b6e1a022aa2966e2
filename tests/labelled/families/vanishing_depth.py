"""Networks whose gradient does not reach all layers."""

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
    task,
)

MOONS, SPIRALS, XOR, SINE, CIRCLES = (task(kind) for kind in ("moons", "spirals", "xor", "sine", "circles"))
DIGITS = task("digits")


def candidates() -> list[Candidate]:
    """All families of this kind, easy ones first."""
    return [*plain(), *hidden(), *partial(), *recurrent()]


def plain() -> list[Candidate]:
    """Every layer loses a little."""
    small = init("normal", std=0.02)
    return [
        *family(
            "sigmoid-stack",
            "many sigmoid layers, each passes less than a quarter",
            run(deep(10, 24, "sigmoid"), task=MOONS, optimizer=sgd(0.1)),
            run(deep(8, 32, "sigmoid"), task=SPIRALS, optimizer=adam()),
            run(deep(14, 16, "sigmoid"), task=DIGITS, optimizer=sgd(0.05), seed=2),
            run(deep(12, 20, "sigmoid", weight_init=init("xavier_normal")), task=SINE, optimizer=sgd(0.05)),
        ),
        *family(
            "relu-stack",
            "relu layers whose weights are too small",
            run(deep(20, 32, "relu"), task=DIGITS, optimizer=sgd(0.05)),
            run(deep(24, 24, "relu"), task=MOONS, optimizer=adam(), seed=1),
            run(deep(30, 24, "relu", weight_init=init("xavier_uniform", gain=0.8)), task=SPIRALS),
            run(deep(26, 28, "relu", weight_init=init("xavier_normal", gain=0.85)), task=CIRCLES, seed=4),
        ),
        *family(
            "nearly-reaches-all",
            "less than a ten-thousandth reaches the lowest layer, but not much less",
            run(deep(6, 24, "sigmoid"), task=SPIRALS, optimizer=sgd(0.05)),
            run(deep(18, 24), task=noise(8, classes=3), optimizer=sgd(0.02)),
            run(deep(12, 24, "relu"), task=noise(8, targets=2), optimizer=sgd(0.02), seed=1),
            run(deep(6, 32, "sigmoid"), task=XOR, optimizer=sgd(0.05), seed=2),
            run(deep(24, 24, "erf"), task=noise(8), optimizer=sgd(0.01), seed=3),
            run(deep(11, 32, "relu"), task=SPIRALS, optimizer=sgd(0.02), seed=3),
        ),
        *family(
            "small-weights",
            "weights drawn much too small",
            run(deep(8, 24, "tanh", weight_init=small), task=XOR, optimizer=sgd(0.05)),
            run(deep(6, 32, "gelu", weight_init=small), task=DIGITS, optimizer=sgd(0.05)),
            run(deep(9, 16, "silu", weight_init=init("uniform", limit=0.1)), task=SINE, optimizer=sgd(0.02)),
            run(deep(10, 20, "elu", weight_init=init("scaled_normal", gain=0.3)), task=MOONS, seed=3),
        ),
    ]


def hidden() -> list[Candidate]:
    """What a look at absolute sizes or at the weights' gradients misses."""
    zeros = init("zeros")
    return [
        *family(
            "flat-weight-gradients",
            "gradients of the weights stay flat over a dead signal (Glorot & Bengio 2010)",
            run(deep(24, 32, "tanh", bias_init=zeros), task=DIGITS, optimizer=sgd(0.02)),
            run(deep(28, 24, "tanh", bias_init=zeros), task=noise(16, targets=2), optimizer=sgd(0.02)),
            run(
                deep(26, 28, "tanh", bias_init=zeros), task=noise(12, classes=4), optimizer=sgd(0.01), seed=5
            ),
            run(deep(32, 24, "softsign", bias_init=zeros), task=DIGITS, optimizer=sgd(0.02), seed=6),
        ),
        *family(
            "vanishing-depth-scaled-loss",
            "vanishing under a loss that is scaled",
            run(deep(10, 24, "sigmoid"), task=CIRCLES, loss_scale=1e4, optimizer=sgd(1e-5)),
            run(deep(9, 20, "sigmoid"), task=DIGITS, loss_scale=1e4, optimizer=adam()),
            run(deep(22, 24, "relu"), task=SINE, loss_scale=1e-4, optimizer=sgd(100.0)),
            run(deep(20, 28, "relu"), task=SPIRALS, loss_scale=1e-4, optimizer=adam()),
        ),
    ]


def partial() -> list[Candidate]:
    """Only some of the layers get nothing."""
    loops = {"id": "around", "type": "skip", "from": "first"}
    return [
        *family(
            "only-lower-layers",
            "only the lower layers vanish, the upper ones are healthy",
            run(deep(8, 24, "sigmoid"), deep(6, 24, "relu", weight_init=HE), task=MOONS),
            run(
                deep(14, 20, "relu", weight_init=init("normal", std=0.12)), deep(8, 20, "selu"), task=SPIRALS
            ),
            run(deep(7, 32, "sigmoid"), deep(10, 32, weight_init=init("orthogonal")), task=DIGITS),
            run(deep(9, 16, "sigmoid"), deep(4, 16, "gelu", weight_init=HE), task=SINE, optimizer=sgd(0.02)),
        ),
        *family(
            "inside-a-skip",
            "only the stretch that a skip goes around vanishes",
            run(dense(24, id="first"), deep(8, 24, "sigmoid"), loops, task=noise(8, targets=2)),
            run(dense(16, "linear", id="first"), deep(9, 16, "sigmoid"), loops, task=SPIRALS),
            run(dense(32, "linear", id="first"), deep(20, 32, "relu"), loops, task=XOR),
            run(
                dense(20, id="first"),
                deep(9, 20, "sigmoid"),
                loops,
                dense(20),
                task=noise(6, classes=3),
                seed=7,
            ),
            run(dense(16, "linear", id="first"), deep(10, 16, "sigmoid"), loops, task=CIRCLES, seed=2),
            run(
                dense(24, "linear", id="first"),
                deep(8, 24, "sigmoid"),
                loops,
                task=noise(12),
                optimizer=adam(),
            ),
        ),
    ]


def recurrent() -> list[Candidate]:
    """Depth beside time."""
    return [
        *family(
            "deep-head-on-memory",
            "the head above a recurrent layer lets nothing through",
            run(
                rnn(16, recurrent_init=init("identity"), activation="relu"),
                LAST,
                deep(8, 16, "sigmoid"),
                task=task("adding", length=12),
            ),
            run(gru(12), LAST, deep(9, 16, "sigmoid"), task=task("parity", length=8)),
            run(lstm(12, forget_bias=3.0), LAST, deep(9, 20, "sigmoid"), task=task("adding", length=16)),
            run(
                rnn(20, recurrent_init=init("orthogonal")),
                LAST,
                deep(18, 20, "relu"),
                task=task("temporal_order", length=12),
            ),
        ),
        *family(
            "stacked-recurrences",
            "recurrent layers on one another, little comes down to the lowest",
            run(
                [rnn(12, activation="sigmoid") for _ in range(6)], task=task("delayed_echo", lag=2, length=12)
            ),
            run([rnn(16, activation="sigmoid") for _ in range(6)], LAST, task=task("parity", length=6)),
            run(
                [rnn(14, activation="sigmoid") for _ in range(7)],
                LAST,
                task=task("temporal_order", length=10),
                steps=50,
            ),
            run(
                [rnn(12, activation="sigmoid") for _ in range(7)],
                task=task("delayed_echo", lag=3, length=10),
                steps=50,
            ),
        ),
    ]
