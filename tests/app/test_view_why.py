"""Why: the bars, bands and shares stand where the numbers say, and the sentences name what takes most."""

import weakref
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app import inspections_by_hand as by_hand
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.picture import factor_bands, factors
from vgviewer.app.picture.factors import Row
from vgviewer.app.picture.timestep_shares import shares_of
from vgviewer.app.views import Why


@pytest.fixture
def why(qapp: QApplication) -> Iterator[Why]:
    """A run that has answered everything."""
    history = by_hand.inspected(by_hand.hops(), by_hand.jacobians(), by_hand.reach())
    with showing(qapp) as show:
        yield weakref.proxy(show(Why, history))  # pytest keeps what it is given beyond the window's end


def show(view: Why, way: str, layer: str = "") -> None:
    view._way.choose(way)
    if layer:
        view._layer.choose(layer)
    settle(view)


def test_that_the_hops_through_time_name_what_keeps_least(why: Why) -> None:
    assert why.header.sentence.endswith(
        "rnn1: a hop keeps 0.45, mean of 99 hops, least through slope φ′ (0.50)"
    )
    show(why, "time", "lstm2")
    assert (
        "lstm2: a hop keeps 0.72, mean of 99 hops, least through forget gates (0.60)" in why.header.sentence
    )
    assert "detour alone: 0.24 in the mean" in why.accessibleDescription()


def test_that_it_shows_the_way_on_which_an_alert_points(why: Why) -> None:
    why.point_at("rnn1", None)
    assert why._way.value == "depth"
    why.point_at("rnn1", 5)
    assert why._way.value == "time"


def test_that_the_name_of_the_axis_stands_in_its_middle_when_it_becomes_another(why: Why) -> None:
    axis = why.plot.bottom_axis
    for words in ("short", "a name that is a good deal longer"):
        axis.setLabel(words)
        middle = axis.label.pos().x() + axis.label.boundingRect().width() / 2
        assert abs(middle - axis.size().width() / 2) <= 1


def test_that_a_growing_hop_names_what_adds_most() -> None:
    hop = by_hand.hops().time[1]
    grown = type(hop)(
        **{**vars(hop), "gain": hop.gain * 3, "factors": {**hop.factors, "merge": hop.gain * 5}}
    )
    said = factors.sentence(factors.through_time(grown))
    assert said == "a hop multiplies by 2.16, mean of 99 hops, most through detour (3.60)"


def test_that_bars_are_blue_below_the_line_and_red_above_it(why: Why) -> None:
    show(why, "time", "lstm2")
    names = [name for _, name in sorted(why._axis._tickLevels[0], reverse=True)]
    assert names[:3] == ["whole hop 0.72", "forget gates × 0.60", "detour × 1.20"]
    dress, rows = why.dress, len(names)
    low, high = (np.log10(end) for end in why._bands.scale)
    above = 0.07 + 0.86 * high / (high - low)
    per_decade = 0.86 / (high - low)
    one = rows - 1 - above  # of the second row
    tip = one + per_decade * np.log10(0.6)
    assert color_at(why, 50, one - 0.03) == rgb(dress.vanishing)
    assert color_at(why, 50, tip + 0.02) == rgb(dress.vanishing)
    assert color_at(why, 50, tip - 0.05) == rgb(dress.window)
    assert color_at(why, 50, one - 1 + 0.035) == rgb(dress.exploding)


def test_that_a_factor_that_changes_nothing_has_no_row(why: Why) -> None:
    assert "injection" not in why.accessibleDescription()


def test_that_the_factors_of_a_hop_multiply_to_the_whole() -> None:
    for hop in by_hand.hops().time:
        found = factors.through_time(hop)
        parts = found.rows[1 : next((i for i, row in enumerate(found.rows) if i and row.is_whole), None)]
        np.testing.assert_allclose(sum(row.values for row in parts), found.rows[0].values)
    depth = factors.along_depth(by_hand.hops().depth)
    np.testing.assert_allclose(sum(row.values for row in depth.rows[1:]), depth.rows[0].values, atol=1e-12)


def test_that_a_hop_which_passes_nothing_on_has_the_color_of_zero(qapp: QApplication) -> None:
    with showing(qapp) as shown:
        view = shown(Why, by_hand.inspected(by_hand.hops(0.0)))
        above = 0.07 + 0.86 * np.log10(2) / np.log10(20)  # a band from a tenth to twice
        assert color_at(view, 50, len(view._bands._factors.rows) - above - 0.1) == rgb(view.dress.exact_zero)
        assert "rnn1: a hop keeps 0 or underflow" in view.header.sentence


def test_that_along_depth_every_column_is_the_layer_where_a_hop_arrives(why: Why) -> None:
    show(why, "depth")
    assert [why.layer_at(x, 0.5) for x in range(4)] == ["rnn1", "lstm2", "last1", "dense1"]
    rows = len(why._bands._factors.rows)
    assert why.caption_at(0, rows - 0.5) == "lstm2 → rnn1: whole hop 0.010"
    assert "least through gates" in why.header.sentence
    assert why.caption_at(0, rows + 0.5) == ""


def test_that_the_selected_layer_is_marked_where_columns_are_layers(why: Why) -> None:
    show(why, "depth")
    why.select("last1")
    settle(why)
    assert list(why._mark.getData()[0]) == [2, 2]
    show(why, "time")
    assert why._mark.getData()[0] is None or not len(why._mark.getData()[0])


def test_that_the_median_singular_value_runs_through_its_band(why: Why) -> None:
    show(why, "singular")
    assert "rnn1: largest singular value 1.0, median 0.10: every direction shrinks" in why.header.sentence
    assert "W_hh: ρ 0.90, σ_max 1.1" in why.accessibleDescription()
    assert color_at(why, 40, -1.0) == rgb(why.dress.curve)
    assert color_at(why, 40, -1.8) != rgb(why.dress.window)
    assert color_at(why, 40, -2.05) == rgb(why.dress.window)
    assert why.caption_at(48, 0.0) == "50: singular values from 0.010 to 1.0, median 0.10"


def test_that_the_band_is_broken_where_nothing_is_known(qapp: QApplication) -> None:
    found = by_hand.jacobians()
    first, wide = found.recurrent
    singular = np.repeat(first.singular, [2, 2, 1], axis=0)
    singular[2] = np.nan
    gap = replace(first, timesteps=np.array([1, 25, 50, 75, 99]), singular=singular)
    with showing(qapp) as show:
        view = show(Why, by_hand.inspected(by_hand.hops(), replace(found, recurrent=(gap, wide))))
        view._way.choose("singular")
        settle(view)
        window = rgb(view.dress.window)
        inside = {at: color_at(view, at, -0.5) != window for at in (10, 40, 50, 60, 80)}
        assert inside == {10: True, 40: False, 50: False, 60: False, 80: True}
        assert color_at(view, 10, -1.0) == rgb(view.dress.curve)
        assert color_at(view, 80, -1.0) == rgb(view.dress.curve)


def test_that_dense_layers_have_a_band_of_their_own(why: Why) -> None:
    show(why, "singular", "*")
    assert why.layer_at(0.2, 0.0) == "dense1"
    assert "some direction may grow" in why.header.sentence
    assert why.table().rows[0][0] == "dense1"
    np.testing.assert_allclose(
        why.table().rows[0][1:], np.log10(np.quantile([0.5, 2.0], [0, 0.25, 0.5, 0.75, 1]))
    )


def test_that_jacobians_too_wide_to_be_decomposed_are_said_to_be(why: Why) -> None:
    show(why, "singular", "lstm2")
    assert "very wide layers are not decomposed" in why.missing()


def test_that_shares_add_up_and_the_far_part_is_named(why: Why) -> None:
    show(why, "shares")
    table = why.table()
    assert table.columns[2] == "by losses more than 49 later %"
    assert sum(row[1] for row in table.rows) == pytest.approx(100)
    assert "comes from more than 49 timesteps back" in why.header.sentence
    show(why, "shares", "lstm2")
    assert why.caption_at(100, 5).startswith("timestep 100: 90 % of ∂L/∂W_hh, 0 %")
    assert color_at(why, 100, 45.0) == rgb(why.dress.curve_raw)


def test_that_the_far_part_is_that_of_losses_which_come_so_much_later() -> None:
    found = by_hand.reach(timesteps=4).layers[0]
    assert shares_of(found, None).lag == 2
    needed = shares_of(found, 2)  # as far as the task needs: two timesteps or more
    assert needed.lag == 1
    assert needed.long_range == pytest.approx(100 * found.long_range(1))
    np.testing.assert_allclose(needed.far[2:], 0.0)
    assert (needed.far[:2] > 0).all()


def test_that_a_feed_forward_network_is_offered_no_hops_through_time(qapp: QApplication) -> None:
    from tests.app.frames_by_hand import FEED_FORWARD, uniform_history

    history = uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0)
    history.inspections = {type(by_hand.hops()): type(by_hand.hops())(0, by_hand.hops().depth, ())}
    with showing(qapp) as shown:
        view = shown(Why, history)
        assert view._way.value == "depth"
        assert not view.missing()


def test_that_a_low_picture_keeps_whole_groups_of_rows(qapp: QApplication) -> None:
    history = by_hand.inspected(by_hand.hops())
    with showing(qapp, (272, 180)) as shown:
        view = shown(Why, history)
        view._layer.choose("lstm2")
        settle(view)
        names = [name for _, name in sorted(view._axis._tickLevels[0], reverse=True)]
        assert names == ["whole hop 0.72", "forget gates × 0.60", "detour × 1.20"]
        assert view.caption_at(50, 0.5) == "51 → 50: detour 1.20"
        assert "detour alone log10" in view.table().columns


def test_that_every_band_has_its_line_on_top_and_its_name_beside_it(why: Why) -> None:
    show(why, "time", "lstm2")
    bands, height = why._bands, why.plot.data_size()[1]
    _, y = bands._lines.getData()
    assert len(y) == 2 * len(bands._rows)
    assert color_at(why, 50, y[2]) == rgb(why.dress.text_muted)  # over a bar
    names = [place for place, _ in sorted(why._axis._tickLevels[0], reverse=True)]
    np.testing.assert_allclose(names, y[::2], atol=8 * len(names) / height)  # px, half a name


def test_that_bands_of_mild_runs_have_one_scale() -> None:
    mild, milder = (
        factor_bands._ends([Row("whole hop", np.log10(np.array(ends)))]) for ends in ((0.2, 1.1), (0.5, 1.9))
    )
    assert mild == milder == (0.1, 2.0)


def test_that_a_network_that_recurs_shows_its_hops_through_time_after_one_that_does_not(why: Why) -> None:
    history = by_hand.inspected(by_hand.hops())
    flat = by_hand.inspected(by_hand.hops())
    sites = tuple(replace(site, recurrent=False) for site in flat.started.sites)
    flat.started = replace(flat.started, sites=sites)
    why.set_history(flat)
    settle(why)
    assert why._way.value == "depth"
    why.set_history(history)
    settle(why)
    assert why._way.value == "time"
    why._way.choose("depth")
    settle(why)
    assert why._way.value == "depth"  # until the next network
