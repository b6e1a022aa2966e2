"""Expected and measured along depth, and the reference numbers of mean-field theory."""

from typing import Any

import numpy as np
import pytest

from tests.engine.cases import ACTIVATIONS, SPIRALS, VALUES_TASK, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.theory.cases import NORMALIZED, WIDE, beside, deep, first_frame, normalized
from vgviewer.network.activations import Activation
from vgviewer.theory import fixed_point, measure, predict
from vgviewer.theory.verdicts import UNKNOWN

SKIPPING = layer("skip", **{"from": "dense1", "scale": 0.5})


@pytest.mark.parametrize(("activation", "sigma_w", "sigma_b", "seeds"), WIDE)
def test_that_the_ratio_over_thirty_wide_layers_is_foretold(
    activation: str, sigma_w: float, sigma_b: float, seeds: int
) -> None:
    both = beside(deep(activation, sigma_w, sigma_b), seeds)
    print(f"{activation}, σ_w {sigma_w}, σ_b {sigma_b}: {both.expected:.2f}, measured {both.found:.2f}")
    assert both.expected == pytest.approx(both.found, abs=0.3)


@pytest.mark.parametrize(("activation", "batch"), NORMALIZED)
def test_that_the_growth_under_batch_norm_is_foretold(activation: str, batch: int) -> None:
    both = beside(normalized(activation, batch), 1)
    print(f"batch norm, {activation}, {batch} samples: {both.expected:.2f}, measured {both.found:.2f}")
    assert both.expected == pytest.approx(both.found, abs=0.3)


@pytest.mark.parametrize(("activation", "rows", "factor"), [("relu", 8192, 1.211), ("relu", 16, 1.26)])
def test_that_batch_norm_grows_by_the_known_factor_per_hop(activation: str, rows: int, factor: float) -> None:
    places = predict(experiment_of(normalized(activation, rows, width=32))).places
    dense = [place.size for place in places if place.type == "dense"]
    assert 10 ** (dense[10] - dense[11]) == pytest.approx(factor, abs=0.005)


CHI = {1.0: 0.759, 1.3: 0.880, 1.761: 1.0, 2.5: 1.134, 4.0: 1.342}


@pytest.mark.parametrize("variance", CHI)
def test_that_chi_of_tanh_is_known(variance: float) -> None:
    settled = fixed_point("tanh", variance, 0.05)
    assert settled.chi == pytest.approx(CHI[variance], abs=1e-3)
    assert settled.size_scale == 2 * settled.square_scale


def test_that_the_critical_variance_of_tanh_is_known() -> None:
    settled = fixed_point("tanh", 1.761, 0.05)
    assert (settled.variance, settled.chi) == pytest.approx((0.570, 1.0), abs=1e-3)
    assert settled.size_scale > 1000
    assert fixed_point("tanh", 1.3, 0.05).square_scale == pytest.approx(1 / abs(np.log(0.880)), rel=0.01)


def test_that_relu_has_its_edge_at_a_variance_of_two() -> None:
    assert fixed_point("relu", 2.0, 0.0).chi == pytest.approx(1.0, abs=1e-9)
    assert fixed_point("relu", 2.2, 0.1).variance == np.inf


BESIDE = {  # activation, σ_w² → χ₁: half the units have a slope of 1 (selu 1.0507), half the one below 0
    ("relu", 0.81): 0.405,
    ("leaky_relu", 0.5): 0.25 * (1 + 0.01**2),
    ("selu", 0.1): 0.05 * 1.0507**2 * (1 + 1.67326**2),
    ("tanh", 0.5): 0.5,
}


@pytest.mark.parametrize(("activation", "variance"), BESIDE)
def test_that_a_fixed_point_of_zero_has_the_slopes_of_both_sides(
    activation: Activation, variance: float
) -> None:
    settled = fixed_point(activation, variance, 0.0)
    assert settled.variance == pytest.approx(0.0, abs=1e-9)
    assert settled.chi == pytest.approx(BESIDE[activation, variance], rel=1e-4)
    assert settled.size_scale == pytest.approx(2 / abs(np.log(settled.chi)))


def wide(*layers: Preset, task: Preset | None = None, **more: Any) -> Preset:
    task = task or {"type": "random", "features": 300, "targets": 20}
    return preset(layer("dense", units=300, activation="tanh"), *layers, task=task, batch_size=64, **more)


DENSE2 = layer("dense", 2, units=200, activation="relu")
KINDS = {
    "layer norm": wide(layer("layer_norm"), DENSE2),
    "batch norm behind dropout": wide(layer("dropout", p=0.4), DENSE2, layer("batch_norm")),
    "an activation": wide(DENSE2, layer("activation", function="gelu")),
    "softmax": wide(layer("dense", 2, units=100, activation="softmax"), layer("dense", 3, units=90)),
    "a scaled skip": wide(layer("dense", 2, units=300, activation="elu"), SKIPPING),
    "a skip of other size": wide(DENSE2, SKIPPING, layer("dense", 3, units=50)),
    "identity": wide(
        DENSE2,
        layer(
            "dense",
            3,
            units=200,
            activation="relu",
            weight_init={"type": "identity"},
            bias_init={"type": "zeros"},
        ),
    ),
    "orthogonal": wide(layer("dense", 2, units=150, weight_init={"type": "orthogonal", "gain": 2.0})),
    "xavier": wide(layer("dense", 2, units=100, weight_init={"type": "xavier_uniform", "gain": 3.0})),
    "uniform": wide(layer("dense", 2, units=100, weight_init={"type": "uniform", "limit": 0.3}, frozen=True)),
    "weight norm": wide(layer("dense", 2, units=100, activation="selu", weight_norm=True)),
}


@pytest.mark.parametrize("name", KINDS)
def test_that_every_kind_of_layer_is_foretold(name: str) -> None:
    experiment = experiment_of(KINDS[name])
    expected = predict(experiment).sizes
    measured = measure(*first_frame(experiment)).sizes
    print(name, expected.round(2), measured.round(2))
    np.testing.assert_allclose(expected, measured, atol=0.1)


@pytest.mark.parametrize(
    "activation",
    ACTIVATIONS,
)
def test_that_every_activation_is_foretold(activation: str) -> None:
    init = {"type": "scaled_normal", "gain": 0.4 if activation == "exponential" else 1.3}
    layers = [layer("dense", n, units=400, activation=activation, weight_init=init) for n in (1, 2, 3)]
    task = {"type": "random", "features": 100, "targets": 20}
    experiment = experiment_of(preset(*layers, task=task, batch_size=64))
    places = predict(experiment).places
    measured = measure(*first_frame(experiment)).sizes
    print(activation, [round(place.size, 2) for place in places], measured.round(2))
    np.testing.assert_allclose([place.size for place in places], measured, atol=0.1)


def test_that_a_head_of_zeros_lets_nothing_through() -> None:
    case = wide(DENSE2, output={"weight_init": {"type": "zeros"}})
    found = predict(experiment_of(case))
    assert np.isneginf(found.sizes[:-1]).all()
    assert found.verdicts == ("Nothing arrives at dense2, the last of 2 layers.",)


def test_that_constant_weights_end_the_chain_of_what_is_known() -> None:
    constant = layer("dense", 2, units=50, weight_init={"type": "constant", "value": 0.1})
    found = predict(experiment_of(wide(constant, layer("dense", 3, units=50))))
    assert [bool(np.isnan(size)) for size in found.sizes] == [True, False, False, False]
    assert found.verdicts == (f"From dense1 on down nothing can be foretold: {UNKNOWN}.",)


def test_that_a_batch_of_three_has_no_expected_batch_norm() -> None:
    case = preset(layer("dense", units=9), layer("batch_norm"), task=SPIRALS, batch_size=3)
    assert np.isnan(predict(experiment_of(case)).sizes[0])


def test_that_a_layer_tells_its_variance_and_its_fixed_point() -> None:
    first, *_ = predict(experiment_of(deep("tanh", 1.3**0.5, 0.05**0.5))).places
    assert first.variance == pytest.approx(1.35, rel=0.02)  # the noise has mean square 1
    assert first.settled is not None
    assert first.settled.chi == pytest.approx(0.880, abs=1e-3)
    assert first.gain == pytest.approx(1.3 * np.mean(tanh_slopes(1.35) ** 2), rel=0.02)


def test_that_a_relu_layer_with_xavier_settles_with_its_own_gain() -> None:
    settings = {"units": 64, "activation": "relu", "weight_init": {"type": "xavier_normal"}}
    zeros = {"type": "zeros"}
    layers = [layer("dense", n, **settings, bias_init=zeros) for n in (1, 2, 3)]
    found = predict(experiment_of(preset(*layers, task=SPIRALS))).places[1]
    assert found.settled is not None
    assert found.gain == pytest.approx(0.5, rel=1e-6)
    assert found.settled.chi == pytest.approx(found.gain, rel=1e-6)


def tanh_slopes(variance: float) -> np.ndarray:
    z = np.random.default_rng(0).standard_normal(200_000)
    return 1 - np.tanh(np.sqrt(variance) * z) ** 2


def test_that_a_vanishing_chain_tells_how_far_the_signal_reaches() -> None:
    layers = [layer("dense", n, units=64, activation="sigmoid") for n in range(1, 11)]
    found = predict(experiment_of(preset(*layers, task=SPIRALS)))
    assert found.verdicts == ("Signal reaches about 3 of 10 layers; 10^-7.6 of it is left at dense1.",)


def test_that_a_growing_chain_says_so() -> None:
    layers = [
        layer("dense", n, units=64, weight_init={"type": "scaled_normal", "gain": 2.0}) for n in range(1, 11)
    ]
    (verdict,) = predict(experiment_of(preset(*layers, task=SPIRALS))).verdicts
    assert verdict == "The gradient grows 10^2.7 times on its way back through 10 layers."


def scaled(number: int, gain: float) -> Preset:
    """Linear, so that the gain of the gradient is that of the weights."""
    init = {"type": "scaled_normal", "gain": gain}
    return layer("dense", number, units=64, activation="linear", weight_init=init)


def test_that_a_stretch_that_a_skip_goes_around_is_named() -> None:
    stretch = [scaled(n, 0.2) for n in range(2, 8)]
    around = layer("skip", **{"from": "dense1"})
    found = predict(experiment_of(preset(scaled(1, 1.0), *stretch, around, scaled(8, 1.0), task=SPIRALS)))
    assert found.verdicts == (
        "Signal reaches about 5 of 8 layers; 1 of it is left at dense1, but 10^-3.5 at dense2.",
    )


def test_that_growth_inside_the_chain_is_told_beside_what_is_left() -> None:
    layers = [scaled(n, 0.01) for n in (1, 2, 3, 4)] + [scaled(n, 3.0) for n in range(5, 15)]
    found = predict(experiment_of(preset(*layers, task=SPIRALS)))
    assert found.verdicts == (
        "The gradient grows 10^4.8 times on its way back to dense4.",
        "Signal reaches all 14 layers; 0.059 of it is left at dense1.",
    )


def test_that_256_sigmoid_layers_do_not_underflow() -> None:
    init = {"type": "normal", "std": 1e-3}
    layers = [
        layer("dense", n, units=4, activation="sigmoid", weight_init=init, bias_init={"type": "zeros"})
        for n in range(1, 257)
    ]
    sizes = predict(experiment_of(preset(*layers, task=VALUES_TASK))).sizes
    assert sizes[0] - sizes[-2] == pytest.approx(255 * np.log10(1e-3 * np.sqrt(4) / 4), rel=0.01)
