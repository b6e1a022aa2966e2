"""Why a gradient shrinks or grows: on real runs, in numbers that multiply to the whole."""

import math
import re
from collections import deque
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.engine.cases import LAST, SPIRALS, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.engine.test_hops import ALONG_DEPTH, THROUGH_TIME
from vgviewer.diagnosis import Alert, Cause
from vgviewer.diagnosis.alert import Axis
from vgviewer.diagnosis.causes import explain
from vgviewer.diagnosis.causes.numbers import product, times
from vgviewer.engine import train
from vgviewer.experiment import AlertKind
from vgviewer.frames import Frame, Inspect, Started, Wish
from vgviewer.frames.inspections import HopAccounts

NUMBER = r"(\d+\.\d+)"
# one layer with weights, or truncation right before the last timestep: there is nothing to account for
ALONE = [
    "skip from the input",
    "nothing learned first",
    "batch norm",
    "layer norm",
    *(f"{kind}, truncated" for kind in ("RNN", "GRU", "LSTM")),
]
STRONG = {"type": "kaiming_normal", "gain": 3.0}
LONG = {"type": "adding", "length": 40}


def alert(kind: AlertKind, axis: Axis | None, layer: str | None = None, timestep: int | None = None) -> Alert:
    return Alert(kind, axis, layer, timestep, 0, None, "warning", 1e-6, 1e-3, "A message.")


class Seen:
    """Two steps of a real run whose weights stay as they were drawn, and its account of the hops in the second."""

    def __init__(self, case: Preset) -> None:
        self.network = experiment_of(case).network
        wishes: deque[Wish] = deque()
        frames: list[Frame] = []
        still = {**case["training"], "steps": 2, "optimizer": {"type": "sgd", "lr": 0.0}}
        for message in train(experiment_of({**case, "training": still}), wishes=wishes):
            match message:
                case Started():
                    self.started = message
                case Frame():
                    frames.append(message)
                    wishes.extend([Inspect("hops")] if len(frames) == 1 else [])
                case HopAccounts():
                    self.accounts = message
        self.before, self.frame = frames

    def row(self, layer: str) -> int:
        return [site.id for site in self.started.sites].index(layer)

    def size(self, quantity: str, layer: str) -> Any:
        return self.frame.readings[quantity][self.row(layer)].astype(np.float64)

    def why(self, kind: AlertKind, axis: Axis, layer: str | None = None) -> Cause:
        cause = explain(alert(kind, axis, layer), self.accounts, self.network, self.started, self.before)
        assert cause is not None
        return cause


def deep(count: int, **settings: Any) -> list[Preset]:
    return [layer("dense", number, units=16, **settings) for number in range(1, count + 1)]


@pytest.mark.parametrize("name", THROUGH_TIME | ALONG_DEPTH)
def test_that_the_factors_of_every_hop_multiply_to_its_gain(name: str) -> None:
    seen = Seen((THROUGH_TIME | ALONG_DEPTH)[name])
    recurrent = [("time", site.id) for site in seen.started.sites if site.recurrent]
    causes = [
        explain(alert(kind, axis, place), seen.accounts, seen.network, seen.started, seen.frame)
        for kind in ("vanishing", "exploding")
        for axis, place in [("depth", None), *recurrent]
    ]
    hops = [hop for cause in causes if cause for hop in cause.hops]
    assert hops or name in ALONE
    for hop in hops:
        whole = math.prod(hop.factors.values())
        assert math.isnan(whole) or whole == pytest.approx(hop.gain, rel=1e-6)


@pytest.mark.parametrize("name", ["dense", "several consumers", "batch norm", "along time", "mean over time"])
def test_that_the_hops_along_depth_multiply_to_the_depth_ratio_of_the_frame(name: str) -> None:
    seen = Seen(ALONG_DEPTH[name])
    chain = [site.id for site in seen.started.sites if site.has_weights and site.id != "output"]
    (first, *_), last = chain, chain[-1]
    if first == last:
        assert (
            explain(alert("vanishing", "depth"), seen.accounts, seen.network, seen.started, seen.frame)
            is None
        )
        return
    hops = seen.why("vanishing", "depth").hops
    assert (hops[0].start, hops[-1].layer) == (last, first)
    assert [hop.layer for hop in hops[:-1]] == [hop.start for hop in hops[1:]]
    ratio = seen.size("output_gradient", first) - seen.size("output_gradient", last)
    assert math.prod(hop.gain for hop in hops) == pytest.approx(10**ratio, rel=1e-4)


@pytest.mark.parametrize(
    "name", ["tanh RNN", "GRU", "LSTM with peepholes", "RNN, every step", "LSTM, every step"]
)
def test_that_the_hops_through_time_multiply_to_the_transport_over_what_the_task_needs(name: str) -> None:
    seen = Seen(THROUGH_TIME[name])
    place = next(site.id for site in seen.started.sites if site.recurrent)
    hops = seen.why("vanishing", "time", place).hops
    assert [hop.timestep for hop in hops] == list(
        range(seen.started.timesteps - 1, seen.started.timesteps - 1 - seen.started.dependency, -1)
    )
    transport = seen.size("transport", place)[[hop.timestep - 1 for hop in hops]]
    passed = math.prod(hop.gain / hop.factors["injection"] for hop in hops)
    assert passed == pytest.approx(10 ** transport.sum(), rel=1e-4)


def numbers(pattern: str, text: str) -> list[float]:
    found = re.search(pattern.replace("#", NUMBER), text)
    assert found, text
    return [float(number) for number in found.groups()]


def test_that_an_rnn_is_told_by_its_activation_and_weights() -> None:
    seen = Seen(preset(layer("rnn", units=32), LAST, task=LONG))
    cause = seen.why("vanishing", "time", "rnn1")
    whole, activation, weights = numbers("^# per timestep = activation # × W_hh #\\.", cause.text)
    assert activation * weights == pytest.approx(whole, abs=0.01)
    gains = [hop.gain for hop in cause.hops]
    assert whole == pytest.approx(np.exp(np.log(gains).mean()), abs=0.005)
    assert "W_hh shrinks what passes through it. Nothing leads around W_hh and the activation." in cause.text
    assert "derivative" not in cause.text
    assert "Apart from that" not in cause.text


def test_that_an_lstm_is_told_by_its_gates_and_their_time_constant_and_the_detour() -> None:
    seen = Seen(preset(layer("lstm", units=32), LAST, task=LONG))
    text = seen.why("vanishing", "time", "lstm1").text
    whole, alone, opened, constant, merge = numbers(
        "^# per timestep: the forget gates alone let # through \\(forget gate mean #, time constant # timesteps\\); "
        "the detour through h and W_hh makes it # times that \\(",
        text,
    )
    assert alone * merge == pytest.approx(whole, abs=0.01)
    gate = seen.before.readings["gate"][0, 1]
    assert opened == pytest.approx(gate[-20:].mean(), abs=0.006)
    assert constant == pytest.approx(-1 / np.log(gate[-20:].mean()), abs=0.06)
    detour, gates, weights, output = numbers(
        "\\(the detour itself passes # = gates # × W_hh # × output gate #\\)\\.", text
    )
    assert gates * weights * output == pytest.approx(detour, abs=0.01)
    assert "The forget gates let too little through for 20 timesteps." in text


def test_that_the_mean_gate_is_that_of_the_hops_in_question() -> None:
    seen = Seen(preset(layer("lstm", units=8), LAST, task=LONG))
    gates = np.full_like(seen.before.readings["gate"], 0.1)
    gates[..., -20:] = 0.9
    seen.before = replace(seen.before, readings={**seen.before.readings, "gate": gates})
    assert (
        "(forget gate mean 0.90, time constant 9.5 timesteps)" in seen.why("vanishing", "time", "lstm1").text
    )


def test_that_a_gru_is_told_by_its_update_gates_and_a_reservoir_by_its_leak() -> None:
    text = Seen(preset(layer("gru", units=32), LAST, task=LONG)).why("vanishing", "time", "gru1").text
    whole, alone, merge = numbers(
        "^# per timestep: the update gates alone let # through.*makes it # times that", text
    )
    assert alone * merge == pytest.approx(whole, abs=0.01)
    leaky = layer("echo_state", units=32, leak=0.4)
    text = Seen(preset(leaky, LAST, task=LONG)).why("vanishing", "time", "echostate1").text
    assert "the leaks alone let 0.60 through; the detour" in text


def test_that_peepholes_belong_to_the_detour() -> None:
    seen = Seen(preset(layer("lstm", units=8, peephole=True), LAST, task=LONG))
    assert "through h and W_hh and the peepholes" in seen.why("vanishing", "time", "lstm1").text


def test_that_what_the_loss_injects_stands_apart() -> None:
    seen = Seen(preset(layer("rnn", units=16), task={"type": "delayed_echo", "lag": 10, "length": 30}))
    cause = seen.why("vanishing", "time", "rnn1")
    passed, injected, gain = numbers(
        "^# per timestep.*enters on the way, × #: the plain hop gain of # says", cause.text
    )
    assert passed * injected == pytest.approx(gain, abs=0.02)
    assert gain == pytest.approx(np.exp(np.mean(np.log([hop.gain for hop in cause.hops]))), abs=0.006)
    assert gain > 0.8 > 0.7 > passed


def test_that_a_saturated_activation_is_named_with_its_share() -> None:
    wide = {"type": "normal", "std": 20}
    large = layer("rnn", units=32, recurrent_init={"type": "orthogonal"}, weight_init=wide)
    seen = Seen(preset(large, LAST, task=LONG))
    share = seen.before.readings["saturation"][0]
    assert share > 0.5
    assert (
        f"The derivative of tanh is at most 1 and falls to 0 at its ends; {share:.0%} of the outputs are saturated."
        in seen.why("vanishing", "time", "rnn1").text
    )


def test_that_an_explosion_through_time_is_told_up_to_where_it_is_largest() -> None:
    wild = layer("rnn", units=32, recurrent_init={"type": "orthogonal", "gain": 3})
    seen = Seen(preset(wild, LAST, task=LONG))
    cause = seen.why("exploding", "time", "rnn1")
    travelled = np.cumsum(seen.size("transport", "rnn1")[-2::-1])
    assert len(cause.hops) == int(np.argmax(travelled)) + 1
    assert "W_hh 3.00. W_hh is too large" in cause.text
    forgets = Seen(preset(layer("rnn", units=32), LAST, task=LONG))
    assert [hop.timestep for hop in forgets.why("exploding", "time", "rnn1").hops] == [39]


def test_that_truncation_ends_the_account_and_is_no_factor_of_the_hop() -> None:
    seen = Seen(preset(layer("rnn", units=8), LAST, task=LONG, truncate=7))
    cause = seen.why("vanishing", "time", "rnn1")
    assert [hop.timestep for hop in cause.hops] == [39, 38, 37, 36]
    assert "truncation" not in cause.text


def test_that_where_nothing_passes_through_time_it_is_said_and_what_follows_is_not_guessed() -> None:
    dying = layer("rnn", units=4, activation="relu", bias_init={"type": "constant", "value": -100.0})
    text = Seen(preset(dying, LAST, task=LONG)).why("vanishing", "time", "rnn1").text
    assert text == "From timestep 40 back nothing passes: activation 0 × W_hh n/a."


def test_that_many_hops_that_lose_alike_are_told_by_their_mean() -> None:
    seen = Seen(preset(*deep(10, activation="sigmoid"), task=SPIRALS))
    cause = seen.why("vanishing", "depth")
    assert cause.text.startswith("From dense10 back to dense1, 9 hops, the gradient shrinks to 10⁻")
    whole, least, most, activation, weights = numbers(
        "Each hop passes about # \\(# to #\\) = activation # × weights #\\.", cause.text
    )
    assert activation * weights == pytest.approx(whole, abs=0.01)
    assert activation < 0.25
    assert least < whole < most
    assert "The derivative of sigmoid is at most 1/4. The weights are too small" in cause.text
    assert cause.text.endswith("No skip leads past them.")


def test_that_one_cut_among_many_hops_is_named() -> None:
    layers = deep(9, activation="tanh", weight_init={"type": "orthogonal"})
    layers[3]["weight_init"] = {"type": "orthogonal", "gain": 1e-5}
    text = Seen(preset(*layers, task=SPIRALS)).why("vanishing", "depth").text
    assert re.search(
        "Most is lost in one hop: dense4 → dense3 passes 10⁻⁵·. = activation \\d\\.\\d\\d × weights 10⁻⁵·⁰\\. "
        "The others pass about \\d\\.\\d\\d each\\.",
        text,
    ), text


def test_that_a_layer_that_passes_nothing_ends_the_account() -> None:
    layers = deep(6, activation="relu", weight_init={"type": "kaiming_normal"})
    layers[2]["bias_init"] = {"type": "constant", "value": -500.0}
    cause = Seen(preset(*layers, task=SPIRALS)).why("vanishing", "depth")
    assert "Nothing passes from dense3 to dense2: activation 0 × weights n/a." in cause.text
    assert "The derivative of relu is 0 for every unit that is not active." in cause.text
    assert len(cause.hops) == 5


def test_that_a_stretch_that_a_skip_goes_around_is_told_to_its_end() -> None:
    layers = [
        *deep(2, activation="tanh"),
        *(layer("dense", number, units=16, activation="sigmoid") for number in range(3, 9)),
        layer("skip", **{"from": "dense2"}),
        layer("dense", 9, units=16, activation="tanh"),
    ]
    text = Seen(preset(*layers, task=SPIRALS)).why("vanishing", "depth").text
    assert text.startswith("From dense9 back to dense3, 6 hops,"), text


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        (
            [
                each
                for number in range(1, 20)
                for each in (
                    layer(
                        "dense", number, units=16, activation="relu", weight_init={"type": "kaiming_normal"}
                    ),
                    layer("skip", number, **{"from": f"dense{max(1, number - 1)}"}),
                )
            ],
            "Each skip adds its path without scaling it down.",
        ),
        (
            [
                each
                for number in range(1, 20)
                for each in (
                    layer("dense", number, units=16),
                    layer("batch_norm", number),
                    layer("activation", number, function="relu"),
                )
            ],
            "A normalization divides by the spread of its inputs, which is small.",
        ),
        (
            [
                each
                for number in range(1, 12)
                for each in (
                    layer("dense", number, units=16, weight_init={"type": "orthogonal"}),
                    layer("skip", number, scale=2.0, **{"from": f"dense{number}"}),
                )
            ],
            "Each skip adds its path without scaling it down.",
        ),
        (
            [
                each
                for number in range(1, 8)
                for each in (
                    layer("dense", number, units=16, activation="relu", weight_init=STRONG),
                    layer("activation", number, function="softplus"),
                )
            ],
            "The weights are too large for what the activation lets through.",
        ),
        (
            deep(8, activation="relu", weight_init=STRONG),
            "The weights are too large for what the activation lets through.",
        ),
    ],
    ids=["skips", "batch norm", "a skip alone", "two activations", "weights"],
)
def test_that_an_explosion_along_depth_names_what_gains(layers: list[Preset], words: str) -> None:
    text = Seen(preset(*layers, task=SPIRALS)).why("exploding", "depth").text
    assert re.search("the gradient grows to .* times its size", text)
    assert words in text, text
    (each,) = re.findall(r"Each hop passes about (.*?)\. [A-Z]", text)
    whole, *factors = [float(number) for number in re.findall(NUMBER, re.sub(r"\(.*?\)", "", each))]
    assert factors
    assert math.prod(factors) == pytest.approx(whole, rel=0.02)


def test_that_other_alerts_and_unknown_layers_have_no_account() -> None:
    seen = Seen(preset(layer("rnn", units=4), LAST))
    arguments = (seen.accounts, seen.network, seen.started, seen.frame)
    assert explain(alert("exploding", None), *arguments) is None
    assert explain(alert("vanishing", "time", "rnn2"), *arguments) is None
    assert explain(alert("vanishing", "depth", "rnn1"), *arguments) is None


def test_that_ratios_are_written_so_that_products_can_be_checked() -> None:
    assert [times(x) for x in (0.641, 3.0, 0.078, 3e-8, 1e5)] == ["0.64", "3.00", "0.078", "10⁻⁷·⁵", "10⁵·⁰"]
    assert [times(x) for x in (0.0, math.nan, math.inf)] == ["0", "n/a", "∞"]
    assert (
        product({"activation": 0.5, "width": 1.0, "merge": 2.0})
        == "activation 0.50 × what other paths add 2.00"
    )


def test_that_a_cause_names_its_step_and_has_words_without_the_figures_of_the_hops() -> None:
    seen = Seen(preset(layer("lstm", units=8), LAST, task=LONG))
    cause = seen.why("vanishing", "time", "lstm1")
    assert cause.step == seen.accounts.step
    assert cause.summary == "The forget gates let too little through for 20 timesteps."
    assert cause.text.endswith(cause.summary)
