"""Sizes become colors: fixed limits, reserved colors, blue for what has shrunk."""

import numpy as np
import pytest

from tests.app.lab import lab
from vgviewer.app.colormaps import SEQUENTIAL, Maps, Scale, log_ratio, scale_of
from vgviewer.app.picture.meaning import gradient, relative
from vgviewer.app.theme import THEMES, Theme


def scales(dress: Theme) -> list[Scale]:
    return [scale_of(dress, relative("")), scale_of(dress, gradient(""))]


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_a_shrunk_signal_is_blue_and_a_grown_one_red(dress: Theme) -> None:
    shrunk, grown = scale_of(dress, relative("")).colors(np.array([-4.0, 4.0])).astype(int)
    assert shrunk[2] > shrunk[0] + 40
    assert grown[0] > grown[2] + 40


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_an_unharmed_signal_has_the_color_of_the_paper(dress: Theme) -> None:
    lightness = lab(scale_of(dress, relative("")).colors(np.array([0.0])))[0, 0]
    assert lightness < 10 if dress.is_dark else lightness > 90


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_reserved_colors_are_far_from_every_color_of_a_scale(dress: Theme) -> None:
    for scale in scales(dress):
        for reserved in (scale.exact_zero, scale.not_finite):
            assert np.linalg.norm(lab(scale.table) - lab(reserved), axis=1).min() > 20
        assert np.linalg.norm(lab(scale.exact_zero) - lab(scale.not_finite)) > 40


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_sizes_beyond_the_limits_have_the_outermost_color(dress: Theme) -> None:
    scale = scale_of(dress, relative(""))
    colors = scale.colors(np.array([-1e308, -8.0, 8.0, 1e308]))
    assert (colors[0] == colors[1]).all()
    assert (colors[2] == colors[3]).all()


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
def test_that_zero_not_finite_and_none_have_their_reserved_colors(dress: Theme) -> None:
    scale = scale_of(dress, relative(""))
    zero, infinite, none = scale.colors(np.array([-np.inf, np.inf, np.nan], np.float32))
    assert (zero == scale.exact_zero).all()
    assert (infinite == scale.not_finite).all()
    assert (none == scale.none).all()


@pytest.mark.parametrize("name", SEQUENTIAL)
def test_that_a_sequential_map_grows_lighter_all_the_way(name: str) -> None:
    lightness = lab(scale_of(THEMES["light"], gradient(""), Maps(name)).table)[:, 0]
    assert (np.diff(lightness) > -0.4).all()  # eight bits per color leave steps
    assert lightness[-1] - lightness[0] > 60


def test_that_a_ratio_keeps_zero_and_not_finite_and_asks_for_a_reference() -> None:
    sizes = np.array([-3.0, -np.inf, np.inf, np.nan, -3.0], np.float32)
    reference = np.array([-1.0, -1.0, -1.0, -1.0, np.inf], np.float32)
    np.testing.assert_array_equal(log_ratio(sizes, reference), [-2.0, -np.inf, np.inf, np.nan, np.nan])
