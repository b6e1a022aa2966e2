"""Expected and measured along time, and the reference numbers of the default cells."""

from typing import Any

import numpy as np
import pytest

from tests.engine.cases import ECHO, LAST, SYMBOLS_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.theory.cases import CELLS, beside, first_frame, recurrent
from vgviewer.theory import Memory, measure, predict
from vgviewer.theory.forward import forward
from vgviewer.theory.transport import MOST_HOPS, transported

GATED = [name for name in CELLS if "LSTM" in name or "GRU" in name]


def wide(case: Preset, units: int, length: int = 100) -> Preset:
    """The same of other width, on sequences of other length."""
    first, *rest = case["network"]["layers"]
    network = {"layers": [first | {"units": units}, *rest]}
    return case | {"network": network, "task": case["task"] | {"length": length}}


def memory(case: Preset) -> Memory:
    return predict(experiment_of(case)).memories[0]


@pytest.mark.parametrize("name", CELLS)
def test_that_the_factor_per_timestep_is_the_reference_number(name: str) -> None:
    cell, factor = CELLS[name]
    expected = memory(cell).factor
    print(f"{name}: {expected:.4f}, reference {factor}")
    assert expected == pytest.approx(factor, rel=0.025)


@pytest.mark.parametrize("name", CELLS)
def test_that_what_is_left_after_twenty_hops_is_foretold(name: str) -> None:
    """Beyond, the largest eigenvalue of this very W_hh decides; of relu only half the units count."""
    both = beside(CELLS[name][0], 2)
    found = np.mean([one.memories[0].sizes[-21] for one in both.measured])
    expected = both.predicted.memories[0].sizes[-21]
    print(f"{name}: {expected:.2f}, measured {found:.2f}")
    assert expected == pytest.approx(found, abs=0.5)


@pytest.mark.parametrize("name", GATED)
def test_that_the_time_constant_of_the_gate_is_foretold(name: str) -> None:
    """Chrono's longest lags are few: the mean of 1 − f over 4 × 256 units spreads by 5 %."""
    chrono = "chrono" in name
    both = beside(wide(CELLS[name][0], 256 if chrono else 128, length=20), 4 if chrono else 1)
    gate = float(np.mean([one.memories[0].gate for one in both.measured]))
    expected = both.predicted.memories[0].time_constant
    print(f"{name}: {expected}, measured {-1 / np.log(gate):.3f}")
    assert expected == pytest.approx(-1 / np.log(gate), rel=0.1)


def test_that_the_gate_alone_is_ten_decades_off() -> None:
    lstm = memory(CELLS["LSTM"][0])
    assert lstm.gate is not None
    assert 99 * np.log10(lstm.gate) < lstm.sizes[0] - 10


def test_that_a_hop_of_a_default_cell_has_its_known_parts() -> None:
    """Carry and detour by themselves; measured .505 and .142, .146 (the gradient prefers units that keep more)."""
    for name, detour in (("LSTM", 0.142), ("GRU", 0.146)):
        found = memory(CELLS[name][0])
        assert found.carry == pytest.approx(0.505, rel=0.02)
        assert found.detour == pytest.approx(detour, rel=0.03)


def test_that_chrono_gates_are_spread_as_their_lags() -> None:
    carry = forward(experiment_of(CELLS["chrono LSTM"][0])).recurrences["lstm1"].carry
    low, high = np.quantile(carry[-1], [0.1, 0.9])
    assert (low / (1 - low), high / (1 - high)) == pytest.approx((1 + 9.8, 1 + 88.2), rel=0.1)


@pytest.mark.parametrize(
    ("settings", "radius", "largest"),
    [
        ({}, 3**-0.5, 2 * 3**-0.5),
        ({"recurrent_init": {"type": "orthogonal", "gain": 0.9}}, 0.9, 0.9),
        ({"recurrent_init": {"type": "identity"}}, 1.0, 1.0),
        ({"recurrent_init": {"type": "xavier_normal", "gain": 2.0}}, 2.0, 4.0),
        ({"recurrent_init": {"type": "normal", "std": 0.1}}, 0.1 * 128**0.5, 0.2 * 128**0.5),
        ({"recurrent_init": {"type": "constant", "value": 0.01}}, 1.28, 1.28),
        ({"recurrent_init": {"type": "zeros"}}, 0.0, 0.0),
        ({"recurrent_init": {"type": "orthogonal", "gain": 3.0}, "parametrization": "orthogonal"}, 1.0, 1.0),
    ],
)
def test_that_the_spectrum_is_that_of_the_initializer(
    settings: dict[str, Any], radius: float, largest: float
) -> None:
    assert memory(recurrent("rnn", **settings)).spectrum == pytest.approx((radius, largest))


def test_that_exact_weights_have_their_exact_spectrum() -> None:
    init = {"type": "values", "values": [[0.0, 2.0], [0.0, 0.0]]}
    found = memory(recurrent("rnn", units=2, recurrent_init=init))
    assert found.spectrum == pytest.approx((0.0, 2.0))


def test_that_an_orthogonal_parametrization_is_like_an_orthogonal_start_without_its_gain() -> None:
    drawn = {"recurrent_init": {"type": "orthogonal", "gain": 3.0}}
    found = memory(recurrent("rnn", **drawn, parametrization="orthogonal")).factor
    assert found == pytest.approx(memory(CELLS["orthogonal RNN"][0]).factor)


def test_that_a_gate_keeps_its_share_where_nothing_else_leads_back() -> None:
    sizes = transported(np.full((9, 4), 0.5), np.zeros(9))
    np.testing.assert_allclose(sizes, np.log10(0.5) * np.arange(9, -1, -1))


def test_that_equal_hops_add_up_as_in_a_drawn_matrix() -> None:
    """Against the definition: the same W at every hop, drawn, applied to a random vector."""
    rng = np.random.default_rng(0)
    carry, detour, units = 0.5, 0.3, 500
    hop = carry * np.eye(units) + detour * rng.standard_normal((units, units)) / np.sqrt(units)
    vector = rng.standard_normal((units, 8))
    sizes = [np.linalg.norm(vector)]
    for _ in range(20):
        vector = hop @ vector
        sizes.append(np.linalg.norm(vector))
    expected = transported(np.full((20, 1), carry), np.full(20, detour))
    np.testing.assert_allclose(expected, np.log10(np.array(sizes) / sizes[0])[::-1], atol=0.1)


def test_that_the_last_factor_goes_on_over_very_long_sequences() -> None:
    sizes = transported(np.full((1999, 1), 0.5), np.full(1999, 0.3))
    assert len(sizes) == 2000
    assert sizes[0] == pytest.approx(1999 * np.log10(0.8), rel=0.01)
    assert np.diff(sizes, 2)[: 1990 - MOST_HOPS] == pytest.approx(0, abs=1e-6)


def test_that_truncation_ends_it() -> None:
    case = recurrent("rnn", length=10)
    case["training"] |= {"truncate": 4}
    experiment = experiment_of(case)
    both = predict(experiment), measure(*first_frame(experiment))
    for found in both:
        assert np.isneginf(found.memories[0].sizes).tolist() == [True] * 8 + [False] * 2
    np.testing.assert_allclose(both[0].sizes, both[1].sizes, atol=0.1)


STACKS = {
    "two LSTMs": preset(layer("lstm", units=128), layer("lstm", 2, units=128), LAST, batch_size=64),
    "GRU over RNN": preset(layer("rnn", units=128), layer("gru", units=128), LAST, batch_size=64),
    "an echo state below a dense layer": preset(
        layer("echo_state", units=200, leak=0.3), layer("dense", units=100), LAST, batch_size=64
    ),
    "a loss at every timestep": preset(
        layer("rnn", units=200), layer("dense", units=100), task=ECHO, batch_size=64
    ),
    "embedded symbols": preset(
        layer("embedding", size=50), layer("gru", units=100), LAST, task=SYMBOLS_TASK, batch_size=64
    ),
    "the mean over time": preset(
        layer("dense", units=100), layer("rnn", units=100), layer("mean_over_time"), batch_size=64
    ),
    "all timesteps side by side": preset(
        layer("rnn", units=100), layer("flatten"), layer("dense", units=50), batch_size=64
    ),
}


@pytest.mark.parametrize("name", STACKS)
def test_that_layers_below_a_recurrent_one_are_foretold(name: str) -> None:
    experiment = experiment_of(STACKS[name])
    expected, measured = predict(experiment).sizes, measure(*first_frame(experiment)).sizes
    print(name, expected.round(2), measured.round(2))
    np.testing.assert_allclose(expected, measured, atol=0.15)


def test_that_the_verdict_names_what_the_task_needs() -> None:
    (verdict,) = predict(experiment_of(recurrent("rnn"))).verdicts
    assert verdict == (
        "rnn1: signal reaches back about 8 of 100 timesteps; the task needs 50, where 10^-12 of it is left."
    )


def test_that_a_growing_layer_says_so() -> None:
    init = {"type": "scaled_normal", "gain": 3.0}
    (verdict,) = predict(experiment_of(recurrent("rnn", recurrent_init=init))).verdicts
    assert verdict.startswith(
        "rnn1: the gradient grows 1.37 times per timestep, going back; the task needs 50"
    )


def test_that_constant_recurrent_weights_are_not_foretold() -> None:
    found = predict(experiment_of(recurrent("rnn", recurrent_init={"type": "constant", "value": 0.01})))
    assert np.isnan(found.memories[0].sizes[0])
    assert found.verdicts == ("rnn1: nothing can be foretold: constant weights, or numbers that overflow.",)


def test_that_states_above_unknown_hops_are_not_known_either() -> None:
    """Of an LSTM the state is apart from the chain: what the loss gives it directly is not all it gets."""
    found = predict(experiment_of(recurrent("lstm", recurrent_init={"type": "constant", "value": 0.01})))
    assert np.isnan(found.memories[0].sizes[:-1]).all()
    assert np.isnan(found.sizes[0])


def test_that_one_timestep_has_no_hop() -> None:
    case = preset(layer("gru", units=8), LAST, task={"type": "random", "features": 3, "length": 1})
    found = memory(case)
    assert found.sizes.tolist() == [0.0]
    assert np.isnan(found.factor)
