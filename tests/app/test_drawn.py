"""The preview of an initializer draws what the engine draws: the same spread, the same limits, the same words."""

import math

import numpy as np
import pytest
import torch

from vgviewer.app.editor.drawn import MOST, drawings
from vgviewer.engine.build.draw import draw
from vgviewer.engine.build.draw_recurrent import draw_learned
from vgviewer.network import initializers as kinds
from vgviewer.network.initializers import Initializer
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.lstm import Chrono, Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.shapes import Shape

INITIALIZERS: list[Initializer] = [
    kinds.Default(),
    kinds.Zeros(),
    kinds.Constant(value=0.3, gain=2.0),
    kinds.Uniform(limit=0.2),
    kinds.Normal(std=0.4, gain=0.5),
    kinds.XavierUniform(),
    kinds.XavierNormal(),
    kinds.KaimingUniform(gain=1.5),
    kinds.KaimingNormal(),
    kinds.LecunNormal(),
    kinds.Orthogonal(gain=0.9),
    kinds.Identity(gain=1.1),
    kinds.ScaledNormal(gain=1.7),
]


def quantiles(entries: np.ndarray) -> np.ndarray:
    return np.quantile(entries, (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0))


@pytest.mark.parametrize("init", INITIALIZERS, ids=lambda init: init.type)
def test_that_the_preview_of_a_dense_layer_is_spread_like_the_engines_weights(init: Initializer) -> None:
    layer = Dense(id="d", units=96, weight_init=init)
    shown = drawings(layer, layer.weights(Shape(64), {}))["weight_init"].entries
    drawn = draw(init, (96, 64), 64, 96, torch.Generator().manual_seed(0)).numpy().ravel()
    scale = max(float(np.abs(drawn).max()), 1e-9)
    np.testing.assert_allclose(quantiles(shown)[1:-1], quantiles(drawn)[1:-1], atol=0.05 * scale)
    assert shown.std() == pytest.approx(drawn.std(), rel=0.1, abs=1e-6)
    np.testing.assert_allclose(quantiles(shown)[[0, -1]], quantiles(drawn)[[0, -1]], atol=0.35 * scale)


@pytest.mark.parametrize("init", INITIALIZERS, ids=lambda init: init.type)
def test_that_each_gate_of_a_recurrent_layer_is_drawn_by_its_own_fan(init: Initializer) -> None:
    layer = Lstm(id="l", units=48, weight_init=init, recurrent_init=init, bias_init=init)
    shown = drawings(layer, layer.weights(Shape(12, 5), {}))
    drawn = draw_learned(layer, 12, torch.Generator().manual_seed(0))
    for field, name in (
        ("weight_init", "weight_ih"),
        ("recurrent_init", "weight_hh"),
        ("bias_init", "bias_ih"),
    ):
        found = drawn[name].numpy().ravel()
        if (init.type, field) in (("orthogonal", "bias_init"), ("identity", "bias_init")):
            continue  # of a single column: four directions, or four ones among zeros
        assert shown[field].entries.std() == pytest.approx(found.std(), rel=0.2, abs=1e-6), field


def test_that_without_a_bias_init_the_bias_is_pytorchs() -> None:
    layer = Rnn(id="r", units=100)
    shown = drawings(layer, layer.weights(Shape(3, 5), {}))["bias_init"]
    assert np.abs(shown.entries).max() <= 0.1
    assert shown.words.replace("\u00a0", " ") == "b_ih and b_hh, 100: within ±0.1, σ = 0.0577"


def test_that_written_values_are_shown_as_they_are() -> None:
    layer = Dense(id="d", units=2, weight_init=kinds.Values(values=[[1.0, 2.0], [3.0, -4.0]], gain=0.5))
    shown = drawings(layer, layer.weights(Shape(2), {}))["weight_init"]
    assert shown.entries.tolist() == [0.5, 1.0, 1.5, -2.0]


def test_that_chrono_shows_its_forget_biases() -> None:
    layer = Lstm(id="l", units=400, forget_bias=Chrono(t_max=100))
    shown = drawings(layer, layer.weights(Shape(3, 5), {}))["forget_bias"].entries
    drawn = draw_learned(layer, 3, torch.Generator().manual_seed(0))["bias_ih"][400:800].numpy()
    assert shown.mean() == pytest.approx(drawn.mean(), abs=0.2)
    assert 0 <= shown.min() < shown.max() <= math.log(99)


def test_that_the_words_tell_the_spectral_radius_of_a_plain_recurrence() -> None:
    layer = Rnn(id="r", units=512, recurrent_init=kinds.ScaledNormal(gain=0.9))
    words = drawings(layer, layer.weights(Shape(3, 5), {}))["recurrent_init"].words
    drawn = draw(layer.recurrent_init, (512, 512), 512, 512, torch.Generator().manual_seed(0))
    assert float(torch.linalg.eigvals(drawn).abs().max()) == pytest.approx(0.9, rel=0.06)
    assert words.endswith("spectral radius about 0.9")


def test_that_a_huge_layer_is_previewed_by_a_few_entries_and_one_that_does_not_fit_by_none() -> None:
    layer = Dense(id="d", units=4096, weight_init=kinds.Orthogonal())
    assert len(drawings(layer, layer.weights(Shape(4096), {}))["weight_init"].entries) == MOST
    assert drawings(layer, {}) == {}
