"""What is drawn at the start of a run has the definitions' statistics."""

from math import sqrt
from typing import Any

import numpy as np
import pytest

from tests.engine.cases import LAST, SYMBOLS_TASK, Preset, fixed, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine

ROWS, COLUMNS = 400, 300  # of a dense weight: fan_out, fan_in
INPUT, VECTOR = [[0.5] * COLUMNS], [[1.0]]
GATES = {"rnn": 1, "lstm": 4, "gru": 3}
NORMAL_WITHIN_1_STD, UNIFORM_WITHIN_HALF = 0.6827, 0.5
SPREADS = {  # std at gain 1, and whether the draw is uniform
    "default": (1 / sqrt(3 * COLUMNS), True),
    "uniform": (0.3 / sqrt(3), True),
    "normal": (0.2, False),
    "xavier_uniform": (sqrt(2 / (COLUMNS + ROWS)), True),
    "xavier_normal": (sqrt(2 / (COLUMNS + ROWS)), False),
    "kaiming_uniform": (sqrt(2 / COLUMNS), True),
    "kaiming_normal": (sqrt(2 / COLUMNS), False),
    "lecun_normal": (1 / sqrt(COLUMNS), False),
    "scaled_normal": (1 / sqrt(COLUMNS), False),
}
OWN_FIELDS = {"uniform": {"limit": 0.3}, "normal": {"std": 0.2}}


def parameters(one: Preset, inputs: Any = INPUT, **training: Any) -> dict[str, np.ndarray]:
    """The first layer's parameters as drawn, by PyTorch's names."""
    last = [] if np.ndim(inputs) == 2 else [LAST]
    case = preset(one, *last, task=fixed(inputs, VECTOR), **training)
    trainer = engine.Trainer(experiment_of(case))
    return {name: value.detach().numpy() for name, value in trainer.net.parts[one["id"]].named_parameters()}


def weight(init: Preset, rows: int = ROWS) -> np.ndarray:
    return parameters(layer("dense", units=rows, weight_init=init))["weight"].astype(float)


def recurrent(kind: str, units: int = 64, **settings: Any) -> dict[str, np.ndarray]:
    return parameters(layer(kind, units=units, **settings), [[[0.5] * 32] * 2])


def assert_spread(drawn: np.ndarray, std: float, uniform: bool) -> None:
    """Mean 0, this standard deviation, and the right share of it near 0: within 5 of its own deviations."""
    slack = 5 / sqrt(drawn.size)
    assert abs(drawn.mean()) < slack * std
    assert drawn.std() == pytest.approx(std, rel=slack)
    limit = sqrt(3) * std
    if uniform:
        assert np.abs(drawn).max() <= limit * (1 + 1e-6)
        assert np.mean(np.abs(drawn) < limit / 2) == pytest.approx(UNIFORM_WITHIN_HALF, abs=slack)
    else:
        assert np.abs(drawn).max() > limit
        assert np.mean(np.abs(drawn) < std) == pytest.approx(NORMAL_WITHIN_1_STD, abs=slack)


@pytest.mark.parametrize("gain", [1.0, 2.5])
@pytest.mark.parametrize("kind", SPREADS)
def test_that_a_random_initializer_has_its_spread_times_its_gain(kind: str, gain: float) -> None:
    std, uniform = SPREADS[kind]
    assert_spread(weight({"type": kind, "gain": gain, **OWN_FIELDS.get(kind, {})}), gain * std, uniform)


def test_that_zeros_constants_and_the_identity_are_exact() -> None:
    assert not weight({"type": "zeros"}).any()
    np.testing.assert_array_equal(
        weight({"type": "constant", "value": -0.25}), np.full((ROWS, COLUMNS), -0.25)
    )
    np.testing.assert_array_equal(weight({"type": "identity", "gain": 1.5}), 1.5 * np.eye(ROWS, COLUMNS))


def test_that_given_values_are_taken_as_they_are() -> None:
    values = [[0.1, -2.0, 3.0], [4.0, 5.5, 1e-20]]
    one = layer("dense", units=2, weight_init={"type": "values", "values": values})
    np.testing.assert_array_equal(parameters(one, [[1.0, 2.0, 3.0]])["weight"], np.float32(values))
    stacked = np.arange(12 * 3).reshape(12, 3) / 7
    one = layer("lstm", units=3, recurrent_init={"type": "values", "values": stacked.tolist()})
    np.testing.assert_array_equal(parameters(one, [[[1.0]] * 2])["weight_hh"], np.float32(stacked))


@pytest.mark.parametrize(("rows", "gain"), [(300, 1.0), (400, 0.9), (120, 3.0)])
def test_that_orthogonal_weights_have_orthogonal_rows_or_columns(rows: int, gain: float) -> None:
    drawn = weight({"type": "orthogonal", "gain": gain}, rows)
    product = drawn @ drawn.T if rows <= COLUMNS else drawn.T @ drawn
    np.testing.assert_allclose(product, gain**2 * np.eye(min(rows, COLUMNS)), atol=2e-5 * gain**2)


def test_that_orthogonal_weights_are_uniform_over_all_of_them() -> None:
    """QR without corrected signs would give a first entry that is never positive."""
    one = layer("dense", units=4, weight_init={"type": "orthogonal"})
    drawn = [parameters(one, [[1.0] * 4], seed=seed)["weight"] for seed in range(200)]
    assert abs(np.mean([w[0, 0] for w in drawn])) < 4 * 0.5 / sqrt(200)
    assert 70 < sum(np.linalg.det(w) > 0 for w in drawn) < 130


@pytest.mark.parametrize("kind", GATES)
def test_that_every_gate_is_drawn_by_itself_with_its_own_fan(kind: str) -> None:
    drawn = recurrent(kind, weight_init={"type": "xavier_normal"}, recurrent_init={"type": "orthogonal"})
    blocks = np.split(drawn["weight_hh"].astype(float), GATES[kind])
    for block in blocks:
        np.testing.assert_allclose(block @ block.T, np.eye(64), atol=1e-5)
    assert len({block.tobytes() for block in blocks}) == GATES[kind]
    for block in np.split(drawn["weight_ih"].astype(float), GATES[kind]):
        assert_spread(block, sqrt(2 / (32 + 64)), uniform=False)


@pytest.mark.parametrize("kind", GATES)
def test_that_recurrent_defaults_are_pytorchs(kind: str) -> None:
    for drawn in recurrent(kind, 256).values():
        assert_spread(drawn.astype(float), 1 / sqrt(3 * 256), uniform=True)


def test_that_peepholes_are_drawn_like_the_other_recurrent_weights() -> None:
    drawn = recurrent("lstm", 2000, peephole=True)
    assert_spread(drawn["weight_peephole"].astype(float), 1 / sqrt(3 * 2000), uniform=True)
    plain = recurrent("lstm", 2000)
    for name, values in plain.items():
        np.testing.assert_array_equal(drawn[name], values)


def test_that_embedded_symbols_are_drawn_as_in_pytorch() -> None:
    case = preset(layer("embedding", size=4000), LAST, task=SYMBOLS_TASK)
    drawn = engine.Trainer(experiment_of(case)).net.parts["embedding1"].get_parameter("weight")
    assert drawn.shape == (6, 4000)
    assert_spread(drawn.detach().numpy().astype(float), 1.0, uniform=False)


def test_that_dense_biases_are_pytorchs_or_as_asked() -> None:
    drawn = parameters(layer("dense", units=4000))["bias"].astype(float)
    assert_spread(drawn, 1 / sqrt(3 * COLUMNS), uniform=True)
    one = layer("dense", units=8, bias_init={"type": "constant", "value": 0.5})
    np.testing.assert_array_equal(parameters(one)["bias"], np.full(8, 0.5))


@pytest.mark.parametrize("kind", GATES)
def test_that_an_explicit_bias_init_fills_one_vector_and_leaves_the_other_zero(kind: str) -> None:
    drawn = recurrent(kind, bias_init={"type": "constant", "value": 0.3})
    np.testing.assert_array_equal(drawn["bias_ih"], np.full(64 * GATES[kind], np.float32(0.3)))
    assert not drawn["bias_hh"].any()


@pytest.mark.parametrize(("kind", "field"), [("lstm", "forget_bias"), ("gru", "update_bias")])
@pytest.mark.parametrize("bias_init", [None, {"type": "constant", "value": -7.0}])
def test_that_a_gate_bias_is_its_gates_effective_bias(
    kind: str, field: str, bias_init: Preset | None
) -> None:
    drawn = recurrent(kind, **{field: 2.5, "bias_init": bias_init})
    plain = recurrent(kind, bias_init=bias_init)
    gate = slice(64, 128)
    np.testing.assert_array_equal(drawn["bias_ih"][gate], np.full(64, 2.5))
    assert not drawn["bias_hh"][gate].any()
    for name in ("bias_ih", "bias_hh"):
        np.testing.assert_array_equal(np.delete(drawn[name], gate), np.delete(plain[name], gate))


@pytest.mark.parametrize("bias_init", [None, {"type": "zeros"}])
def test_that_chrono_biases_remember_lags_up_to_t_max(bias_init: Preset | None) -> None:
    chrono = {"type": "chrono", "t_max": 100}
    drawn = recurrent("lstm", 2000, forget_bias=chrono, bias_init=bias_init)
    i, f, g, o = np.split(drawn["bias_ih"].astype(float), 4)
    lags = np.exp(f)
    assert lags.min() >= 1 - 1e-6
    assert lags.max() <= 99 * (1 + 1e-6)
    assert_spread(lags - 50, 98 / sqrt(12), uniform=True)
    np.testing.assert_array_equal(i, -f)
    assert not np.split(drawn["bias_hh"], 2)[0].any()
    if bias_init:
        assert not g.any()
        assert not o.any()
    else:
        assert_spread(np.concatenate([g, o]), 1 / sqrt(3 * 2000), uniform=True)


def test_that_seeds_and_layers_draw_apart_and_the_same_seed_draws_the_same() -> None:
    case = preset(layer("rnn", units=8), layer("rnn", 2, units=8), LAST)

    def drawn(seed: int) -> list[bytes]:
        trainer = engine.Trainer(experiment_of(case | {"training": {"seed": seed}}))
        parts = trainer.net.parts
        return [
            parts[name].get_parameter("weight_hh").detach().numpy().tobytes() for name in ("rnn1", "rnn2")
        ]

    assert drawn(5) == drawn(5)
    assert len({*drawn(5), *drawn(6)}) == 4


@pytest.mark.parametrize("kind", ["batch_norm", "layer_norm"])
def test_that_a_normalization_starts_as_the_identity(kind: str) -> None:
    drawn = parameters(layer(kind))
    np.testing.assert_array_equal(drawn["weight"], np.ones(COLUMNS))
    assert not drawn["bias"].any()
