"""Two lenses: flat weight gradients over a dead signal."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import OUTPUT, started
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.views import TwoLenses
from vgviewer.frames import Frame, History, Site

LAYERS = 5
SITES = (
    *(Site(f"dense{i}", "dense", has_weights=True) for i in range(1, LAYERS)),
    Site("drop1", "dropout"),
    OUTPUT,
)
Show = Callable[[type[TwoLenses], History | None], TwoLenses]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    with showing(qapp) as shown:
        yield shown


def one_step(signal: list[float], weights: list[float]) -> History:
    history = History(started(SITES, 0))
    readings = {
        "output_gradient": np.array(signal, np.float32),
        "weight_gradient": np.array(weights, np.float32),
    }
    history.append(Frame(7, 0.5, readings=readings))
    return history


def flat() -> History:
    """The signal loses a decade per layer, the weights below the head have about the same gradient."""
    return one_step([-6, -5, -4, -3, -2, -1], [-7, -7.1, -6.9, -7, np.nan, -1])


def test_that_a_bar_hangs_from_the_output_s_size_in_the_scale_s_color(show: Show) -> None:
    view = show(TwoLenses, flat())
    expected = tuple(view.scale.colors(np.array([-5.0]))[0][:3])
    assert color_at(view, 0.2, -0.5) == expected
    assert color_at(view, 0.2, -4.7) == expected
    assert color_at(view, 4.2, -1.2) == rgb(view.dress.window)  # drop1's bar ends at -1


def test_that_the_sentence_says_that_flat_weights_hide_a_dead_signal(show: Show) -> None:
    view = show(TwoLenses, flat())
    told = "dense1 gets 1.0 × 10⁻⁵ of the output's signal, weight gradients lie within a factor of 1.6"
    assert view.header.sentence == f"Signal and weights: flat weights over a dead signal: {told}"
    assert "dense2: signal 1.0 × 10⁻⁴" in view.accessibleDescription()
    assert "Training step 7" in view.accessibleDescription()


def test_that_weights_that_fall_with_the_signal_are_not_called_flat(show: Show) -> None:
    view = show(TwoLenses, one_step([-6, -5, -4, -3, -2, -1], [-7, -6, -5, -4, np.nan, -1]))
    assert "flat" not in view.header.sentence
    assert view.header.sentence.endswith("weight gradients lie within a factor of 1.0 × 10³")


def test_that_a_living_signal_is_not_called_dead(show: Show) -> None:
    view = show(TwoLenses, one_step([-1.2, -1.2, -1.1, -1, -1, -1], [-2, -2, -2, -2, np.nan, -2]))
    assert "dead" not in view.header.sentence


def test_that_the_weights_are_compared_with_those_nearest_to_the_loss_and_the_head_is_left_out(
    show: Show,
) -> None:
    view = show(TwoLenses, flat())
    assert view.caption_at(1, -3) == (
        "dense2: signal 1.0 × 10⁻⁴ of the output layer's, weights 0.79 of those of dense4"
    )
    assert view.caption_at(5, 0) == "output: signal 1.0 of the output layer's"
    assert view.caption_at(9, 0) == ""
    assert view.layer_at(3.2, 0) == "dense4"
    x, heights = view._lenses._line.getData()
    np.testing.assert_allclose(x, [0, 1, 2, 3])
    np.testing.assert_allclose(heights, [0, -0.1, 0.1, 0], atol=1e-6)


def test_that_absolute_sizes_stand_on_the_same_axis(show: Show) -> None:
    view = show(TwoLenses, flat())
    view._of.choose("absolute")
    settle(view)
    assert view.caption_at(1, -3) == "dense2: signal 1.0 × 10⁻⁵, weights 7.9 × 10⁻⁸"
    table = view.table()
    assert table.columns == ("layer", "signal log10", "weights log10")
    assert table.rows[0] == ("dense1", -6.0, -7.0)


def test_that_a_signal_of_exactly_0_and_one_that_is_not_finite_have_their_colors(show: Show) -> None:
    view = show(TwoLenses, one_step([-np.inf, -5, -4, -3, -2, -1], [-np.inf, -7, -7, -7, np.nan, -1]))
    low = view.plot.plotItem.vb.viewRange()[1][0]
    assert color_at(view, 0.2, low + 0.6) == rgb(view.dress.exact_zero)
    assert view.header.sentence.endswith("the signal ends at dense1: exactly 0")
    view.set_history(one_step([np.inf, -5, -4, -3, -2, -1], [-7, -7, -7, -7, np.nan, -1]))
    settle(view)
    assert color_at(view, 0.2, 0.1) == rgb(view.dress.not_finite)
    assert view.header.sentence.endswith("the signal is not finite")


def test_that_the_selected_layer_is_underlined_and_nothing_runs_through_its_point(show: Show) -> None:
    view = show(TwoLenses, flat())
    view.select("dense2")
    settle(view)
    x, y = view._mark.getData()
    foot = view.plot.plotItem.vb.viewRange()[1][0]
    assert 0.5 < x[0] < x[1] < 1.5
    assert list(y) == [foot, foot]
    view.select(None)
    settle(view)
    assert not len(view._mark.getData()[0])
