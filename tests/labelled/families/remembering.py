"""Recurrent networks that learn what their task needs, though something about them looks like trouble."""

from tests.labelled.building import LAST, Candidate, adam, family, gru, init, lstm, rnn, run, task

ROWS = task("digits", **{"as": "rows"})
MEAN = {"id": "mean1", "type": "mean_over_time"}


def candidates() -> list[Candidate]:
    """All families of this kind."""
    novel = {"task": task("characters", length=10), "steps": 600, "batch_size": 32}
    return [
        *family(
            "needs-no-memory",
            "the task needs no memory: forgetting is fine",
            run(rnn(16), task=task("delayed_echo", lag=1, length=40), optimizer=adam(0.01)),
            run(lstm(16), task=task("delayed_echo", lag=1, length=36), optimizer=adam(0.02), steps=100),
            run(gru(16), task=task("delayed_echo", lag=2, length=40), optimizer=adam(0.02), steps=100),
            run(
                rnn(20, activation="relu"), task=task("delayed_echo", lag=1, length=50), optimizer=adam(0.01)
            ),
            run(rnn(16), MEAN, task=ROWS, optimizer=adam(0.01), steps=120),
            run(lstm(16), MEAN, task=ROWS, optimizer=adam(0.02), steps=120),
        ),
        *family(
            "open-gates",
            "forget gates open from the start: gradients grow a little backwards in time",
            run(lstm(16, forget_bias=5.0), LAST, task=ROWS, optimizer=adam(0.02), steps=120),
            run(
                lstm(16, forget_bias={"type": "chrono", "t_max": 16}),
                LAST,
                task=ROWS,
                optimizer=adam(0.02),
                steps=120,
            ),
            run(
                lstm(16, forget_bias=5.0),
                LAST,
                task=task("adding", length=10),
                optimizer=adam(0.02),
                steps=250,
            ),
            run(lstm(20, forget_bias=3.0), LAST, task=ROWS, optimizer=adam(0.02), steps=120),
        ),
        *family(
            "opens-up-in-time",
            "starts forgetful, opens its gates and solves the task",
            run(gru(20), LAST, task=task("adding", length=14), optimizer=adam(0.02), steps=250),
            run(
                gru(16), LAST, task=task("adding", length=20), optimizer=adam(0.02), steps=300, batch_size=32
            ),
            run(lstm(16), LAST, task=ROWS, optimizer=adam(0.02), steps=120),
            run(gru(16), LAST, task=task("temporal_order", length=12), optimizer=adam(0.02), steps=200),
            run(gru(24), LAST, task=task("temporal_order", length=30), optimizer=adam(0.02), steps=250),
            run(
                gru(24),
                LAST,
                task=task("adding", length=36),
                optimizer=adam(0.02),
                steps=250,
                batch_size=32,
                seed=1,
            ),
        ),
        *family(
            "keeps-its-memory",
            "a plain recurrent layer drawn so that it remembers",
            run(
                rnn(24, activation="relu", recurrent_init=init("identity"), bias_init=init("zeros")),
                LAST,
                task=task("adding", length=12),
                optimizer=adam(0.005),
                steps=250,
            ),
            run(
                rnn(24, recurrent_init=init("orthogonal")), LAST, task=ROWS, optimizer=adam(0.005), steps=120
            ),
            run(rnn(20, parametrization="orthogonal"), LAST, task=ROWS, optimizer=adam(0.01), steps=120),
            run(
                rnn(24, recurrent_init=init("orthogonal")),
                task=task("delayed_echo", lag=3, length=16),
                optimizer=adam(0.01),
                steps=150,
            ),
        ),
        *family(
            "character-model",
            "a character model: nobody knows how far back it has to look",
            run(lstm(32), **novel, optimizer=adam(0.02)),
            run(gru(32), **novel, optimizer=adam(0.015)),
            run(rnn(48), **novel, optimizer=adam(0.01)),
            run(
                {"id": "symbols", "type": "embedding", "size": 16},
                gru(32),
                **novel,
                optimizer=adam(0.015),
                seed=1,
            ),
        ),
    ]
