"""The account of every hop: its factors are those of the definitions, and multiply to the whole."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import DENSE, ECHO, GRU, LAST, LSTM, RNN, SPIRALS, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.gradients import everything
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.frames.inspections import HopAccounts, Hops

Arrays = dict[str, np.ndarray]
PEEPHOLE = {**LSTM, "peephole": True}
LEAKY = layer("echo_state", units=12, sparsity=0.5, leak=0.4)
THROUGH_TIME = {
    "tanh RNN": preset(RNN, LAST),
    "relu RNN": preset({**RNN, "activation": "relu"}, LAST),
    "RNN, every step": preset(RNN, task=ECHO),
    "RNN, truncated": preset(RNN, task=ECHO, truncate=5),
    "orthogonal RNN": preset({**RNN, "parametrization": "orthogonal"}, task=ECHO),
    "echo state": preset(layer("echo_state", units=12), LAST, DENSE),
    "leaky echo state": preset(LEAKY, LAST, DENSE),
    "GRU": preset(GRU, LAST),
    "GRU, every step": preset(GRU, task=ECHO),
    "GRU, truncated": preset(GRU, task=ECHO, truncate=5),
    "LSTM": preset(LSTM, LAST),
    "LSTM, every step": preset(LSTM, task=ECHO),
    "LSTM, truncated": preset(LSTM, task=ECHO, truncate=5),
    "LSTM with peepholes": preset(PEEPHOLE, LAST),
    "LSTM with peepholes, every step": preset(PEEPHOLE, task=ECHO),
    "a stack": preset(LSTM, GRU, layer("rnn", 2, units=5), task=ECHO),
}
WIDE = layer("dense", 2, units=17, activation="relu")
ALONG_DEPTH = {
    "dense": preset(DENSE, WIDE, layer("dense", 3, units=4, activation="softmax"), task=VALUES_TASK),
    "one skip": preset(DENSE, WIDE, layer("skip", **{"from": "dense1"}), task=SPIRALS),
    "several consumers": preset(
        DENSE,
        layer("dense", 2, units=10, activation="tanh"),
        layer("skip", 1, **{"from": "dense1"}),
        layer("dense", 3, units=10, activation="tanh"),
        layer("skip", 2, **{"from": "dense1", "scale": -2.0}),
        layer("skip", 3, **{"from": "skip1"}),
        layer("skip", 4, **{"from": "skip3", "scale": 0.5}),
        task=SPIRALS,
    ),
    "skip from the input": preset(DENSE, layer("skip", **{"from": "input"}), task=SPIRALS),
    "nothing learned first": preset(
        layer("activation", function="linear"),
        layer("activation", 2, function="erf"),
        layer("skip", **{"from": "input"}),
        DENSE,
        task=SPIRALS,
    ),
    "frozen": preset({**RNN, "frozen": True}, {**DENSE, "frozen": True}, LAST),
    "dropout": preset(DENSE, layer("dropout"), WIDE, layer("dropout", 2, p=0.2), task=SPIRALS),
    "batch norm": preset(DENSE, layer("batch_norm"), layer("activation", function="relu"), task=SPIRALS),
    "layer norm": preset(DENSE, layer("layer_norm"), layer("activation", function="gelu"), task=SPIRALS),
    "weight norm": preset({**DENSE, "weight_norm": True}, {**WIDE, "weight_norm": True}, task=SPIRALS),
    "along time": preset(LSTM, layer("dropout", p=0.2), GRU, DENSE, layer("rnn", 2, units=5), task=ECHO),
    "mean over time": preset(GRU, layer("batch_norm"), layer("mean_over_time"), DENSE),
    "flatten": preset(RNN, layer("flatten"), DENSE),
    "last step": preset(RNN, layer("rnn", 2, units=12), layer("skip", **{"from": "rnn1"}), LAST),
}


def asked(case: Preset) -> tuple[HopAccounts, Arrays]:
    """The account of the first batch, and all arrays of the very same batch in double precision."""
    trainer = engine.Trainer(experiment_of(case))
    found = INSPECTIONS["hops"](trainer)
    assert isinstance(found, HopAccounts)
    return found, everything(trainer, torch.float64)


def size(x: np.ndarray) -> np.ndarray:
    """(B, T, ·) → (T,), or one number of a vector's (B, ·)."""
    return np.sqrt((x**2).sum((0, 2)) if x.ndim == 3 else (x**2).sum(keepdims=True)[0])


def rms(x: np.ndarray) -> float:
    return float(np.sqrt(np.mean(x**2)))


def assert_named(found: Any, expected: dict[str, Any]) -> None:
    assert list(found) == list(expected)
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-9, atol=1e-12, err_msg=name)


def assert_whole(hops: Hops) -> None:
    """Exact wherever every factor exists."""
    product = np.prod(list(hops.factors.values()), axis=0)
    exists = np.isfinite(product)
    np.testing.assert_allclose(product[exists], hops.gain[exists], rtol=1e-12)
    shares = np.sum(list(hops.shares.values()), axis=0)
    np.testing.assert_allclose(shares[hops.gain > 0], 1, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", THROUGH_TIME | ALONG_DEPTH)
def test_that_factors_multiply_to_the_gain_and_shares_sum_to_one(name: str) -> None:
    found, _ = asked((THROUGH_TIME | ALONG_DEPTH)[name])
    for hops in (*found.depth, *found.time):
        assert_whole(hops)
        assert "truncated" in name or np.isfinite(hops.gain).all()


@pytest.mark.parametrize("name", THROUGH_TIME)
def test_that_gains_through_time_are_the_ratios_of_sizes(name: str) -> None:
    found, arrays = asked(THROUGH_TIME[name])
    for hops in found.time:
        kind = "cell_grad" if hops.layer.startswith("lstm") else "output_grad"
        sizes = size(arrays[f"{kind}/{hops.layer}"])
        np.testing.assert_allclose(hops.gain, sizes[:-1] / sizes[1:], rtol=1e-9)
        assert (hops.axis, hops.start) == ("time", hops.layer)
        assert hops.state == ("cell" if kind == "cell_grad" else "hidden")
        assert hops.timesteps.tolist() == list(range(1, len(sizes)))


def weight(arrays: Arrays, place: str) -> np.ndarray:
    return arrays[f"param/{place}/weight_hh"]


@pytest.mark.parametrize("name", ["tanh RNN", "relu RNN", "RNN, every step", "orthogonal RNN"])
def test_that_the_factors_of_an_rnn_are_activation_weights_and_injection(name: str) -> None:
    found, arrays = asked(THROUGH_TIME[name])
    states, total = arrays["output/rnn1"], arrays["output_grad/rnn1"]
    slope = states > 0 if "relu" in name else 1 - states**2
    delta = (total * slope)[:, 1:]
    back = delta @ weight(arrays, "rnn1")
    (hops,) = found.time
    injected = total[:, :-1] - back
    expected = {
        "activation": size(delta) / size(total[:, 1:]),
        "weights": size(back) / size(delta),
        "injection": size(total[:, :-1]) / size(back),
    }
    assert_named(hops.factors, expected)
    assert_named(hops.shares, shares({"recurrent": back, "injection": injected}, total[:, :-1]))
    assert hops.detour == {}


def shares(paths: Arrays, total: np.ndarray) -> Arrays:
    return {name: (path * total).sum((0, 2)) / size(total) ** 2 for name, path in paths.items()}


@pytest.mark.parametrize("name", ["GRU", "GRU, every step"])
def test_that_the_factors_of_a_gru_are_carry_merge_and_injection(name: str) -> None:
    found, arrays = asked(THROUGH_TIME[name])
    total, w = arrays["output_grad/gru1"], weight(arrays, "gru1")
    delta_r, delta_z, delta_n = (arrays[f"gate_grad/gru1/{gate}"] for gate in "rzn")
    delta = np.concatenate([delta_r, delta_z, delta_n * arrays["gate/gru1/r"]], 2)[:, 1:]
    carry, detour = (arrays["gate/gru1/z"] * total)[:, 1:], delta @ w
    after, before = total[:, 1:], total[:, :-1]
    (hops,) = found.time
    expected = {
        "carry": size(carry) / size(after),
        "merge": size(carry + detour) / size(carry),
        "injection": size(before) / size(carry + detour),
    }
    assert_named(hops.factors, expected)
    assert_named(hops.detour, {"gates": size(delta) / size(after), "weights": size(detour) / size(delta)})
    paths = {"carry": carry, "detour": detour, "injection": before - carry - detour}
    assert_named(hops.shares, shares(paths, before))


def test_that_a_leaky_reservoir_carries_its_state_beside_the_weights() -> None:
    found, arrays = asked(THROUGH_TIME["leaky echo state"])
    states, total = arrays["output/echostate1"], arrays["output_grad/echostate1"]
    new = (states[:, 1:] - 0.6 * states[:, :-1]) / 0.4
    carry, delta = 0.6 * total[:, 1:], 0.4 * (1 - new**2) * total[:, 1:]
    detour = delta @ weight(arrays, "echostate1")
    (hops,) = found.time
    assert_named(
        hops.detour, {"activation": size(delta) / size(total[:, 1:]), "weights": size(detour) / size(delta)}
    )
    np.testing.assert_allclose(hops.factors["carry"], 0.6)
    np.testing.assert_allclose(hops.factors["merge"], size(carry + detour) / size(carry), rtol=1e-9)
    assert hops.shares["carry"] == pytest.approx(shares({"carry": carry}, total[:, :-1])["carry"], rel=1e-9)


@pytest.mark.parametrize(
    "name", ["LSTM", "LSTM, every step", "LSTM with peepholes", "LSTM with peepholes, every step"]
)
def test_that_the_factors_of_an_lstm_are_those_of_its_cell(name: str) -> None:
    found, arrays = asked(THROUGH_TIME[name])
    total, cell, o = arrays["cell_grad/lstm1"], arrays["cell/lstm1"], arrays["gate/lstm1/o"]
    deltas = {gate: arrays[f"gate_grad/lstm1/{gate}"] for gate in "ifgo"}
    delta = np.concatenate(list(deltas.values()), 2)[:, 1:]
    back = delta @ weight(arrays, "lstm1")
    squashed = np.tanh(cell)
    paths = {
        "cell": (arrays["gate/lstm1/f"] * total)[:, 1:],
        "detour": (o * (1 - squashed**2))[:, :-1] * back,
    }
    if "peepholes" in name:
        to_i, to_f, to_o = arrays["param/lstm1/weight_peephole"]
        to_cell = to_o * (squashed * o * (1 - o))[:, :-1] * back
        paths["peephole"] = to_i * deltas["i"][:, 1:] + to_f * deltas["f"][:, 1:] + to_cell
    arriving = np.sum(list(paths.values()), axis=0)
    after, before = total[:, 1:], total[:, :-1]
    (hops,) = found.time
    expected = {
        "cell path": size(paths["cell"]) / size(after),
        "merge": size(arriving) / size(paths["cell"]),
        "injection": size(before) / size(arriving),
    }
    assert_named(hops.factors, expected)
    detour = {
        "gates": size(delta) / size(after),
        "weights": size(back) / size(delta),
        "output gate": size(paths["detour"]) / size(back),
    }
    assert_named(hops.detour, detour)
    assert_named(hops.shares, shares(paths | {"injection": before - arriving}, before))


def test_that_nothing_is_injected_where_neither_loss_nor_layer_enters() -> None:
    for name in ("tanh RNN", "GRU", "LSTM", "LSTM with peepholes"):
        (hops,) = asked(THROUGH_TIME[name])[0].time
        np.testing.assert_allclose(hops.factors["injection"], 1, rtol=1e-12)
        np.testing.assert_allclose(hops.shares["injection"], 0, atol=1e-12)


@pytest.mark.parametrize("name", ["RNN, truncated", "GRU, truncated", "LSTM, truncated"])
def test_that_a_cut_is_a_factor_of_its_own(name: str) -> None:
    (hops,) = asked(THROUGH_TIME[name])[0].time
    cut = hops.timesteps % 5 == 0
    assert hops.factors["truncation"].tolist() == (~cut).astype(float).tolist()
    assert np.isnan(hops.factors["injection"][cut]).all()
    assert np.isfinite(np.stack(list(hops.factors.values()))[:, ~cut]).all()
    np.testing.assert_allclose(hops.shares["injection"][cut], 1)


@pytest.mark.parametrize("name", ALONG_DEPTH)
def test_that_gains_along_depth_are_the_ratios_of_sizes(name: str) -> None:
    found, arrays = asked(ALONG_DEPTH[name])
    places = ["output", *reversed([layer["id"] for layer in ALONG_DEPTH[name]["network"]["layers"]])]
    assert [(hops.start, hops.layer) for hops in found.depth] == list(pairwise(places))
    for hops in found.depth:
        sizes = [rms(arrays[f"output_grad/{place}"]) for place in (hops.layer, hops.start)]
        np.testing.assert_allclose(hops.gain, sizes[0] / sizes[1], rtol=1e-9)
        assert (hops.axis, hops.state, hops.timesteps.tolist()) == ("depth", "output", [])


def hop(found: HopAccounts, start: str) -> Hops:
    return next(hops for hops in found.depth if hops.start == start)


def test_that_the_factors_of_a_dense_layer_are_activation_weights_and_width() -> None:
    found, arrays = asked(ALONG_DEPTH["dense"])
    delta = arrays["output_grad/dense2"] * (arrays["output/dense2"] > 0)
    path = delta @ arrays["param/dense2/weight"]
    expected = {
        "activation": rms(delta) / rms(arrays["output_grad/dense2"]),
        "weights": np.linalg.norm(path) / np.linalg.norm(delta),
        "width": np.sqrt(17 / 10),
    }
    assert_named(hop(found, "dense2").factors, expected)
    assert_named(hop(found, "dense2").shares, {"dense2": 1.0})
    softmax, total = arrays["output/dense3"], arrays["output_grad/dense3"]
    delta = softmax * (total - (softmax * total).sum(1, keepdims=True))
    assert hop(found, "dense3").factors["activation"] == pytest.approx(rms(delta) / rms(total), rel=1e-9)


def test_that_every_consumer_has_its_signed_share_and_their_sum_is_a_factor() -> None:
    found, arrays = asked(ALONG_DEPTH["several consumers"])
    total = arrays["output_grad/dense1"]
    delta = arrays["output_grad/dense2"] * (1 - arrays["output/dense2"] ** 2)
    path = delta @ arrays["param/dense2/weight"]
    paths = {"dense2": path, "skip1": arrays["output_grad/skip1"], "skip2": -2 * arrays["output_grad/skip2"]}
    hops = hop(found, "dense2")
    expected = {name: (each * total).sum() / (total**2).sum() for name, each in paths.items()}
    assert_named(hops.shares, expected)
    assert hops.factors["merge"] == pytest.approx(rms(total) / rms(path), rel=1e-9)


def test_that_a_skip_from_the_layer_right_below_is_one_path_with_it() -> None:
    hops = hop(asked(ALONG_DEPTH["several consumers"])[0], "skip4")
    assert_named(hops.factors, {"skip": 1.5})
    assert_named(hops.shares, {"skip4": 1.0})


def test_that_layers_without_weights_have_a_factor_of_their_kind() -> None:
    for name, start, factor in (
        ("dropout", "dropout1", "dropout"),
        ("batch norm", "batchnorm1", "normalization"),
        ("layer norm", "layernorm1", "normalization"),
        ("batch norm", "activation1", "activation"),
        ("one skip", "skip1", "skip"),
        ("flatten", "flatten1", "spread over time"),
        ("mean over time", "meanovertime1", "spread over time"),
        ("last step", "last1", "spread over time"),
    ):
        assert next(iter(hop(asked(ALONG_DEPTH[name])[0], start).factors)) == factor


def test_that_what_ends_a_sequence_spreads_the_gradient_over_its_timesteps() -> None:
    last, mean, flat = (
        hop(asked(ALONG_DEPTH[name])[0], start).factors["spread over time"]
        for name, start in (
            ("last step", "last1"),
            ("mean over time", "meanovertime1"),
            ("flatten", "flatten1"),
        )
    )
    np.testing.assert_allclose([last[0], mean[0], flat[0]], [1 / np.sqrt(20), 1 / 20, 1], rtol=1e-12)


def test_that_a_recurrent_layer_below_is_told_apart_from_its_own_later_timesteps() -> None:
    found, arrays = asked(ALONG_DEPTH["along time"])
    hops = hop(found, "dropout1")
    assert list(hops.factors) == ["dropout", "later timesteps"]
    direct = arrays["output_grad/dropout1"] * arrays["mask/dropout1"]
    assert hops.factors["later timesteps"] == pytest.approx(
        rms(arrays["output_grad/lstm1"]) / rms(direct), rel=1e-9
    )


def test_that_a_gated_layer_above_is_gates_and_weights() -> None:
    found, arrays = asked(ALONG_DEPTH["along time"])
    delta = np.concatenate([arrays[f"gate_grad/gru1/{gate}"] for gate in "rzn"], 2)
    path = delta @ arrays["param/gru1/weight_ih"]
    hops = hop(found, "gru1")
    assert list(hops.factors) == ["gates", "weights"]
    total = arrays["output_grad/gru1"]
    expected = [np.linalg.norm(delta) / np.linalg.norm(total), np.linalg.norm(path) / np.linalg.norm(delta)]
    np.testing.assert_allclose([hops.factors["gates"][0], hops.factors["weights"][0]], expected, rtol=1e-9)


def test_that_a_dead_layer_has_no_account_rather_than_a_wrong_one() -> None:
    dead = {"activation": "relu", "bias_init": {"type": "constant", "value": -50.0}}
    found, _ = asked(preset(DENSE, layer("dense", 2, units=10, **dead), task=VALUES_TASK))
    hops = hop(found, "dense2")
    assert hops.factors["activation"] == hops.gain == 0
    assert np.isnan(hops.factors["weights"])
    assert np.isnan(list(hops.shares.values())).all()


def test_that_means_are_geometric_and_multiply_to_the_mean_gain() -> None:
    (hops,) = asked(THROUGH_TIME["LSTM, every step"])[0].time
    means = hops.mean()
    assert means["gain"] == pytest.approx(np.exp(np.log(hops.gain).mean()))
    assert np.prod([means[name] for name in hops.factors]) == pytest.approx(means["gain"], rel=1e-12)
    (cut,) = asked(THROUGH_TIME["LSTM, truncated"])[0].time
    assert cut.mean()["truncation"] == 1
    for name, mean in hops.mean_detour().items():
        assert mean == pytest.approx(np.exp(np.log(hops.detour[name]).mean()))


def test_that_accounts_hold_down_to_the_smallest_gradients() -> None:
    quiet = layer("rnn", units=8, recurrent_init={"type": "orthogonal", "gain": 1e-3})
    (hops,) = asked(preset(quiet, LAST, task={"type": "adding", "length": 80}))[0].time
    assert_whole(hops)
    np.testing.assert_allclose(hops.factors["weights"], 1e-3, rtol=1e-6)


def test_that_arrays_cannot_be_changed() -> None:
    found, _ = asked(THROUGH_TIME["GRU"])
    (hops,) = found.time
    for array in (
        hops.gain,
        hops.timesteps,
        hops.factors["carry"],
        hops.detour["gates"],
        hops.shares["carry"],
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
