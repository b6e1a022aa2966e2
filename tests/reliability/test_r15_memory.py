"""R15: what cannot fit is refused before any tensor exists; what can is foretold."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import psutil
import pytest

from tests.engine.cases import LAST, Preset, layer, preset
from vgviewer.experiment import Experiment, PresetError, loads, memory

WIDE = 4096
LONG = {"type": "adding", "length": 4096}
HUGE = {"task": LONG, "batch_size": 256}
HUGE_BATCH = {"batch_size": 65_536}
LIMIT_S, LIMIT_BYTES = 0.1, 20e6
BOUND, TRIES = 0.15, 6


def deep(count: int, kind: str = "dense", units: int = WIDE, **settings: Any) -> list[Preset]:
    return [layer(kind, number, units=units, **settings) for number in range(1, count + 1)]


OUT_OF_RANGE = [
    preset(layer(kind, units=units), LAST)
    for kind in ("dense", "rnn", "lstm", "gru", "echo_state")
    for units in (10**9, 2**31, 2**63 - 1)
] + [
    preset(layer("dense", units=8), LAST, batch_size=10**9),
    preset(layer("dense", units=8), LAST, steps=10**12),
    preset(*deep(300, units=8), LAST),
    preset(layer("rnn", units=8), LAST, task={"type": "adding", "length": 10**9}),
    preset(layer("rnn", units=8), LAST, task={"type": "copy_memory", "delay": 10**8}),
]
TOO_LARGE = (
    [preset(layer(kind, units=WIDE), LAST, **HUGE) for kind in ("rnn", "lstm", "gru", "echo_state")]
    + [preset(layer(kind, units=512), LAST, task=LONG, **HUGE_BATCH) for kind in ("rnn", "lstm", "gru")]
    + [preset(*deep(256), task={"type": "spirals"})]
    + [preset(*deep(100), task={"type": "spirals"}, optimizer={"type": "adam"})]
    + [preset(*deep(20, "lstm", 2048), LAST, task={"type": "adding", "length": 10})]
    + [preset(*deep(3, "dense", WIDE), LAST, task=LONG)]
    + [preset(*deep(2, units=WIDE), task={"type": "random"}, **HUGE_BATCH)]
    + [preset(layer("dense", units=64), LAST, task=LONG, **HUGE_BATCH)]
    + [preset(layer("dense", units=WIDE), layer("flatten"), layer("dense", 2, units=WIDE), task=LONG)]
    + [preset(layer("flatten"), *deep(40), task={"type": "adding", "length": 4096})]
    + [preset(layer("embedding", size=WIDE), task={"type": "copy_memory", "delay": 4000}, batch_size=512)]
    + [preset(layer("layer_norm"), layer("rnn", units=2048), LAST, task=LONG, batch_size=1024)]
    + [preset(layer("batch_norm"), *deep(2, units=1024), LAST, task=LONG, batch_size=4096)]
    + [preset(layer("mean_over_time"), *deep(100), task=LONG)]
    + [preset(layer("lstm", units=1024, peephole=True), LAST, task=LONG, batch_size=4096)]
)
ABSURD = OUT_OF_RANGE + TOO_LARGE


def refused(case: Preset) -> str:
    """What is said; experiments that are taken are an error."""
    try:
        experiment = loads(json.dumps(case).encode(), "a test")
    except PresetError as error:
        return str(error)
    assert experiment.problems, "was taken"
    return str(experiment.problems[0])


def test_that_absurd_networks_are_refused_at_once_and_without_memory(
    scoreboard: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    def nothing_here(*arguments: object, **settings: object) -> None:
        raise AssertionError("a tensor was made")

    for name in ("zeros", "empty", "randn", "rand", "full", "tensor"):
        monkeypatch.setattr(torch, name, nothing_here)
    assert len(ABSURD) == 40
    refused(ABSURD[0])  # what is imported late is not the refusal's
    process = psutil.Process()
    slowest, taken = 0.0, 0
    for case in ABSURD:
        before, begun = process.memory_info().rss, time.perf_counter()
        words = refused(case)
        slowest = max(slowest, time.perf_counter() - begun)
        taken = max(taken, process.memory_info().rss - before)
        assert "must be" in words or "must not be" in words or "of memory" in words, words
    target = "40 absurd configurations refused, each in < 100 ms and < 20 MB, before any tensor exists"
    value = {"slowest_ms": round(1000 * slowest, 1), "most_MB": round(taken / 1e6, 1)}
    assert scoreboard("R15", target, value, slowest < LIMIT_S and taken < LIMIT_BYTES)


LONG_ENOUGH = {"task": {"type": "adding", "length": 500}, "batch_size": 80}  # arrays of more than 32 MB
WIDE_STACK = {"task": {"type": "digits"}}


LARGE: dict[str, Preset] = {
    "LSTM": preset(*deep(1, "lstm", 256), LAST, **LONG_ENOUGH),
    "wide layers": preset(*deep(6, "dense", WIDE, activation="relu"), **WIDE_STACK),
    "GRU": preset(*deep(1, "gru", 256), LAST, **LONG_ENOUGH),
    "tanh layers along time": preset(*deep(4, "dense", 256, activation="tanh"), LAST, **LONG_ENOUGH),
    "wide layers with Adam": preset(*deep(4, "dense", WIDE), **WIDE_STACK, optimizer={"type": "adam"}),
    "RNN": preset(*deep(1, "rnn", 256), LAST, **LONG_ENOUGH),
    "GRU behind an embedding": preset(
        layer("embedding", size=128),
        *deep(1, "gru", 256),
        task={"type": "copy_memory", "delay": 400, "symbols": 8},
        batch_size=100,
    ),
    "wide LSTM": preset(*deep(1, "lstm", 2500), LAST, task={"type": "adding", "length": 20}),
    "large batch": preset(*deep(4, "dense", 2048), task={"type": "random", "features": 512}, batch_size=6000),
    "LSTM with peepholes": preset(*deep(1, "lstm", 256, peephole=True), LAST, **LONG_ENOUGH),
    "two LSTMs": preset(*deep(2, "lstm", 256), LAST, **LONG_ENOUGH),
    "three RNNs": preset(*deep(3, "rnn", 256), LAST, **LONG_ENOUGH),
    "echo state": preset(*deep(1, "echo_state", 256), LAST, **LONG_ENOUGH),
    "leaky echo state": preset(*deep(1, "echo_state", 256, leak=0.5), LAST, **LONG_ENOUGH),
    "gelu layers along time": preset(*deep(4, "dense", 256, activation="gelu"), LAST, **LONG_ENOUGH),
    "wide layers with momentum": preset(
        *deep(4, "dense", WIDE), **WIDE_STACK, optimizer={"type": "sgd", "momentum": 0.9}
    ),
    "wide layers with RMSprop": preset(*deep(4, "dense", WIDE), **WIDE_STACK, optimizer={"type": "rmsprop"}),
    "batch norm and dropout": preset(
        *deep(1, "gru", 256),
        layer("batch_norm"),
        layer("dropout"),
        layer("gru", 2, units=256),
        LAST,
        **LONG_ENOUGH,
    ),
    "layer norm": preset(
        *deep(1, "dense", 256, activation="tanh"),
        layer("layer_norm"),
        layer("mean_over_time"),
        **LONG_ENOUGH,
    ),
    "a flattened sequence": preset(
        layer("dense", units=210, activation="relu"),
        layer("flatten"),
        layer("dense", 2, units=200),
        **LONG_ENOUGH,
    ),
}
MEASURE = """
import json, sys
from functools import partial
import psutil
from tests.engine.cases import LAST, layer, preset
from vgviewer import engine
from vgviewer.engine.bench.memory import peak
from vgviewer.experiment import loads

def work(experiment):
    trainer = engine.Trainer(experiment)
    for _ in range(3):
        trainer.advance()

case = json.loads(sys.argv[1])
optimizer = case["training"].get("optimizer", {"type": "sgd"})
small = preset(layer("lstm", units=4), LAST, layer("dense", units=4), steps=2, optimizer=optimizer)
list(engine.train(loads(json.dumps(small).encode(), "small")))  # what is loaded late is not the network's
held = psutil.Process().memory_info().rss
print(peak(partial(work, loads(sys.argv[1].encode(), "large"))) - held)
"""


def measured(case: Preset) -> int:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, json.dumps(case)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.timeout(600)
def test_that_large_networks_are_accepted_and_their_memory_is_foretold(
    scoreboard: Callable[..., bool], count: Callable[[int], int]
) -> None:
    assert len(LARGE) == 20
    off: dict[str, float] = {}
    for name, case in list(LARGE.items())[: count(20)]:
        experiment = loads(json.dumps(case).encode(), name)
        assert isinstance(experiment, Experiment)
        assert experiment.problems == (), name
        foretold = experiment.memory.total
        readings = [measured(case)]
        while abs(foretold / min(readings) - 1) >= BOUND and len(readings) < TRIES:
            readings.append(measured(case))  # what the allocator keeps for later only adds
        off[name] = foretold / min(readings) - 1
        print(f"{name}: estimate {foretold / 1e6:.0f} MB, {off[name]:+.1%} off")
    worst = max(off, key=lambda name: abs(off[name]))
    value = {"networks": len(off), "worst": worst, "off": round(off[worst], 3)}
    target = "large legal networks accepted, the estimate within 15 % of the measured peak"
    assert scoreboard("R15", target, value, abs(off[worst]) < BOUND)


def test_that_the_sentence_names_the_place_and_the_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST", 1e9)
    words = refused(preset(layer("rnn", units=8), *deep(1, "lstm", 1024), LAST, task=LONG))
    assert words.startswith("network.layers[1]: A training step would take ")
    assert "lstm1 alone " in words
    assert (
        "here it may take 1 GB. Take fewer or narrower layers, shorter sequences or a smaller batch." in words
    )


def test_that_little_free_memory_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    case = LARGE["LSTM"]
    assert not loads(json.dumps(case).encode(), "a test").problems
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"available": 2e8}))
    assert "here it may take 100 MB" in refused(case)


def test_that_a_batch_is_never_larger_than_the_set() -> None:
    case = preset(*deep(20, units=1024), task={"type": "digits"}, **HUGE_BATCH)
    assert not loads(json.dumps(case).encode(), "a test").problems
