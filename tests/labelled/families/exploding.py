"""Gradients, losses or weights that grow without bound."""

import numpy as np

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
    noise,
    normalized,
    rnn,
    run,
    sgd,
    skipped,
    task,
)

MOONS, SPIRALS, XOR, SINE = (task(kind) for kind in ("moons", "spirals", "xor", "sine"))
DIGITS = task("digits")


def adding(length: int) -> dict:
    """Half of the length has to be remembered."""
    return task("adding", length=length)


def candidates() -> list[Candidate]:
    """All families of this kind."""
    return [*along_depth(), *along_time(), *over_training(), *late()]


def along_depth() -> list[Candidate]:
    """Every layer makes it larger."""
    careful = {"optimizer": sgd(1e-5), "clip": clip(1.0)}
    return [
        *family(
            "chaotic-depth",
            "weights so large that the gradient grows from layer to layer",
            run(deep(24, 32, weight_init=init("scaled_normal", gain=5)), task=DIGITS, **careful),
            run(deep(30, 24, weight_init=init("scaled_normal", gain=4)), task=MOONS, **careful),
            run(deep(26, 32, "erf", weight_init=init("scaled_normal", gain=4)), task=SPIRALS, **careful),
            run(
                deep(30, 32, "softsign", weight_init=init("scaled_normal", gain=8)), task=noise(8), **careful
            ),
            run(deep(24, 28, "hard_tanh", weight_init=init("scaled_normal", gain=5)), task=SINE, **careful),
            run(
                deep(30, 24, weight_init=init("scaled_normal", gain=4)), task=XOR, loss_scale=1e-4, **careful
            ),
        ),
        *family(
            "batch-norm-explodes",
            "batch norm without skips: the gradient grows by a fifth per layer (Yang et al. 2019)",
            run(normalized(60, 24), task=noise(8, targets=2), steps=50, **careful),
            run(normalized(54, 20), task=SPIRALS, steps=50, optimizer=sgd(1e-4), clip=clip(0.1)),
            run(normalized(64, 16), task=XOR, steps=40, **careful),
            run(normalized(70, 16), task=MOONS, steps=40, seed=3, **careful),
        ),
        *family(
            "unscaled-skips",
            "He's variance and skips that are not scaled",
            run(skipped(30, 24, weight_init=HE), task=MOONS, **careful),
            run(skipped(28, 32, weight_init=HE), task=noise(8), **careful),
            run(skipped(36, 16, weight_init=HE), task=DIGITS, **careful),
            run(skipped(32, 20, weight_init=HE), task=SPIRALS, seed=2, **careful),
        ),
    ]


def along_time() -> list[Candidate]:
    """Every timestep makes it larger."""
    careful = {"optimizer": sgd(1e-5), "clip": clip(1.0)}

    def wild(gain: float) -> dict:
        return init("scaled_normal", gain=gain)

    return [
        *family(
            "chaotic-rnn",
            "recurrent weights so large that the gradient grows backwards in time",
            run(rnn(32, recurrent_init=wild(3)), LAST, task=adding(60), **careful, steps=60),
            run(
                rnn(32, recurrent_init=wild(3.5)),
                LAST,
                task=task("temporal_order", length=50),
                **careful,
                steps=60,
            ),
            run(
                rnn(16, activation="linear", recurrent_init=init("orthogonal", gain=1.4)),
                LAST,
                task=adding(40),
                **careful,
            ),
            run(
                rnn(16, activation="relu", recurrent_init=init("identity", gain=1.4)),
                LAST,
                task=adding(36),
                **careful,
            ),
            run(
                rnn(32, recurrent_init=wild(3)),
                task=task("delayed_echo", lag=20, length=50),
                **careful,
                steps=60,
            ),
            run(
                rnn(28, recurrent_init=wild(4)),
                task=task("copy_memory", delay=20, symbols=3),
                **careful,
                steps=60,
            ),
            run(rnn(32, recurrent_init=wild(3)), LAST, task=adding(50), loss_scale=1e4, **careful, steps=60),
            run(
                rnn(32, recurrent_init=wild(3)),
                LAST,
                task=adding(56),
                loss_scale=1e-4,
                **careful,
                steps=60,
                seed=4,
            ),
        ),
        *family(
            "chaotic-gates",
            "an LSTM with open gates and wild recurrent weights",
            run(
                lstm(24, recurrent_init=wild(8), forget_bias=3.0), LAST, task=adding(50), **careful, steps=40
            ),
            run(
                lstm(32, recurrent_init=wild(8), forget_bias=3.0),
                LAST,
                task=task("temporal_order", length=50),
                **careful,
                steps=40,
            ),
            run(
                lstm(28, recurrent_init=wild(7), forget_bias=3.0), LAST, task=adding(56), **careful, steps=40
            ),
            run(
                lstm(24, recurrent_init=wild(10), forget_bias=2.0),
                task=task("delayed_echo", lag=20, length=50),
                **careful,
                steps=40,
            ),
        ),
    ]


def over_training() -> list[Candidate]:
    """The loss or the weights run away, step by step, and stay finite for long."""
    return [
        *family(
            "clipped-but-too-fast",
            "clipping keeps the direction, the learning rate is far too large",
            run(deep(3, 24, "relu", weight_init=HE), task=SINE, optimizer=sgd(10.0), clip=clip(1.0)),
            run(deep(4, 16), task=noise(8), optimizer=sgd(30.0), clip=clip(1.0)),
            run(deep(2, 32, "relu"), task=DIGITS, optimizer=sgd(100.0), clip=clip(1.0)),
            run(rnn(16), LAST, task=adding(16), optimizer=sgd(50.0), clip=clip(1.0)),
            run(deep(3, 20, "gelu"), task=SPIRALS, optimizer=sgd(200.0), clip=clip(1.0, "value")),
            run(gru(12), LAST, task=adding(12), optimizer=sgd(20.0), clip=clip(1.0, "value")),
        ),
        *family(
            "adaptive-too-fast",
            "Adam or RMSProp with a learning rate far too large",
            run(deep(3, 24, "elu"), task=SINE, optimizer=adam(3.0)),
            run(deep(4, 24, "leaky_relu"), task=noise(8), optimizer=adam(1.0)),
            run(deep(2, 24, "elu"), task=DIGITS, optimizer={"type": "rmsprop", "lr": 1.0}),
            run(deep(3, 16, "linear"), task=SINE, optimizer={"type": "rmsprop", "lr": 1.0}),
            run(deep(2, 20, "softplus"), task=SINE, optimizer=adam(3.0)),
            run(deep(3, 24, "leaky_relu"), task=SPIRALS, optimizer=adam(1.0)),
        ),
        *family(
            "weights-run-away",
            "weight decay times learning rate above 2 makes the weights grow",
            run(deep(2, 16, "relu"), task=SINE, steps=60, optimizer=sgd(0.1, weight_decay=22.0)),
            run(dense(16), task=noise(6), steps=60, optimizer=sgd(0.05, weight_decay=43.0)),
            run(task=noise(6), steps=60, optimizer=sgd(0.02, weight_decay=105.0)),
            run(deep(2, 16), task=DIGITS, steps=60, optimizer=sgd(0.2, weight_decay=11.0)),
        ),
    ]


def late() -> list[Candidate]:
    """A learning rate just above the edge of stability: calm for long, then away."""
    return [
        *family(
            "above-the-edge",
            "least squares a little above the largest stable learning rate: calm for up to hundreds of steps",
            least_squares(24, 4, excess=0.004, steps=600, seed=1),
            least_squares(32, 3, excess=0.003, steps=700, seed=2),
            least_squares(20, 5, excess=0.006, steps=450, seed=3),
            least_squares(16, 6, excess=0.005, steps=500, seed=4),
            least_squares(28, 4, excess=0.02, steps=300, seed=5),
            least_squares(24, 8, excess=0.018, steps=330, seed=6),
        ),
    ]


def least_squares(samples: int, features: int, excess: float, steps: int, seed: int) -> dict:
    """A linear model on all its samples at once. Its loss is mean (W x + b − y)², with the Hessian 2 E[x̃ x̃ᵀ] for
    x̃ = (x, 1): gradient descent is stable below 2 over the largest eigenvalue; here `excess` above that."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((samples, features)).round(2)
    y = (x @ rng.standard_normal((features, 1)) + 0.3 * rng.standard_normal((samples, 1))).round(2)
    extended = np.hstack([x, np.ones((samples, 1))])
    edge = 2 / np.linalg.eigvalsh(2 * extended.T @ extended / samples)[-1]
    return run(
        task=task("fixed", inputs=x.tolist(), targets=y.tolist()),
        steps=steps,
        seed=seed,
        batch_size=samples,
        optimizer=sgd(float(f"{(1 + excess) * edge:.6g}")),
    )
