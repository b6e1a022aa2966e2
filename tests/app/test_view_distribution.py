"""Distribution: a histogram for each layer; zeros and what is not finite stand apart."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app.frames_by_hand import RECURRENT, detailed_history
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.picture.awaited import NEXT_STEP
from vgviewer.app.picture.ends import columns
from vgviewer.app.picture.octaves import OCTAVE, octaves
from vgviewer.app.views import Distribution
from vgviewer.frames import Frame, Histograms, History

ROWS = len(RECURRENT)
Show = Callable[[type[Distribution], History | None], Distribution]


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    with showing(qapp) as shown:
        yield shown


def counted(zeros: int = 2, not_finite: int = 1, **more: Histograms) -> History:
    """Of each layer's entries 4 are in [1, 1.25) and 1 is in [4, 5)."""
    history = detailed_history()
    frame = history.detailed
    assert frame is not None
    assert frame.details is not None
    whole = frame.details.histograms["weight"]
    ones = np.ones(ROWS, np.int64)
    gradients = replace(whole, zeros=zeros * ones, not_finite=not_finite * ones)
    made = replace(
        frame.details, histograms={**frame.details.histograms, "output_gradient": gradients, **more}
    )
    history.append(Frame(2, 0.5, readings=frame.readings, details=made))
    return history


def test_that_an_octave_has_the_scale_s_color_of_its_share(show: Show) -> None:
    view = show(Distribution, counted())
    most, few = (tuple(view.scale.colors(np.log10([share]))[0][:3]) for share in (4 / 8, 1 / 8))
    assert color_at(view, 0.2 * OCTAVE, 1.5) == most
    assert color_at(view, 2.5 * OCTAVE, 3.5) == few
    assert color_at(view, 1.5 * OCTAVE, 1.5) == rgb(view.dress.none)


def test_that_zeros_and_what_is_not_finite_are_bars_at_the_ends(show: Show) -> None:
    view = show(Distribution, counted(zeros=4, not_finite=1))
    (zero, zero_end), (lost, lost_end) = columns(view._axis)
    assert color_at(view, zero + 0.3 * (zero_end - zero), 0.5) == rgb(view.dress.exact_zero)  # 4 of 10
    assert color_at(view, zero + 0.5 * (zero_end - zero), 0.5) == rgb(view.dress.window)
    assert color_at(view, lost + 0.05 * (lost_end - lost), 0.5) == rgb(view.dress.not_finite)  # 1 of 10
    assert view.caption_at(zero, 0.5) == "output: 40 % of the entries are exactly 0"
    assert view.caption_at(lost_end, 0.5) == "output: 10 % of the entries are not finite"
    words = [words for _, words in view.plot.bottom_axis._tickLevels[0]]
    assert (words[0], words[-1]) == ("exactly 0", "not finite")


def test_that_the_sentence_names_what_is_worst(show: Show) -> None:
    view = show(Distribution, counted())
    assert view.header.sentence.endswith("12.5 % of the gradients of output are not finite")
    view.set_history(counted(zeros=6, not_finite=0))
    assert view.header.sentence.endswith("54.5 % of the gradients of output are exactly 0")
    view.set_history(counted(zeros=0, not_finite=0))
    assert "half of the gradients of output are below 1.5" in view.header.sentence
    assert "rnn1: half below 1.5" in view.accessibleDescription()


def test_that_the_sentence_compares_the_layers_that_lie_farthest_apart(show: Show) -> None:
    counts = np.zeros((ROWS, 41), np.int64)
    counts[1:, 40] = 1
    counts[0, 0] = 1
    none = np.zeros(ROWS, np.int64)
    view = show(Distribution, counted(output=Histograms(508 - 40, counts, none, none)))
    view._what.choose("output")
    settle(view)
    told = "half of the outputs of rnn1 are below 0.0014, of output below 1.4"
    assert view.header.sentence == f"Distribution in each layer: {told}"
    assert view.layer_at(0, 0.5) == "output"


def test_that_a_layer_without_any_is_said_to_have_none(show: Show) -> None:
    counts = np.ones((ROWS, 4), np.int64)
    counts[2] = 0
    none = np.zeros(ROWS, np.int64)
    view = show(Distribution, counted(weight=Histograms(508, counts, none, none)))
    view._what.choose("weight")
    settle(view)
    assert view.caption_at(0.1, 2.5) == "last1 has no weights"
    assert "last1: none" in view.accessibleDescription()
    assert view.caption_at(0.1, 0.5) == "output: 100 % of the entries from 1.0 to 2.0"


def test_that_the_table_holds_shares_that_add_up(show: Show) -> None:
    table = show(Distribution, counted()).table()
    assert table.columns[:3] == ("layer", "share exactly 0", "share not finite")
    assert [row[0] for row in table.rows] == [site.id for site in reversed(RECURRENT)]
    assert table.rows[0][1:3] == (0.25, 0.125)
    assert sum(table.rows[0][1:]) == pytest.approx(1.0)


def test_that_the_keys_reach_the_ends(show: Show) -> None:
    view = show(Distribution, counted())
    across, _ = view.stops()
    assert view.caption_at(across[0], 0.5).endswith("exactly 0")
    assert view.caption_at(across[-1], 0.5).endswith("not finite")


def test_that_it_waits_for_a_frame_that_is_looked_at(show: Show) -> None:
    history = History(counted().started)
    view = show(Distribution, history)
    assert view.missing() == Distribution.empty_text
    long = History(replace(history.started, steps=400))
    long.append(Frame(0, 0.5))
    view.set_history(long)
    assert view.missing() == NEXT_STEP


def test_that_octaves_hold_every_entry_at_its_place() -> None:
    dice = np.random.default_rng(3)
    sizes = np.abs(10.0 ** dice.uniform(-6, 2, 5000)).astype(np.float32)
    first = 300
    edges = Histograms(
        first, np.zeros((1, 400), np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64)
    ).edges
    counts = np.histogram(sizes, edges)[0][None]
    found = octaves(Histograms(first, counts, np.zeros(1, np.int64), np.zeros(1, np.int64)))
    shares = (
        np.histogram(np.log10(sizes), found.low + OCTAVE * np.arange(found.shares.shape[1] + 1))[0] / 5000
    )
    np.testing.assert_allclose(found.shares[0], shares, atol=2 / 5000)  # a size on an edge
    assert found.medians[0] == pytest.approx(np.median(np.log10(sizes)), abs=OCTAVE)


def test_that_a_factor_moves_the_octaves_and_a_median_may_be_lost() -> None:
    def of(counts: list[int], zeros: int, lost: int, factor: float = 1.0) -> float:
        alone = (np.array([zeros]), np.array([lost]))
        return float(octaves(Histograms(508, np.array([counts]), *alone, factor)).medians[0])

    assert of([1, 1, 1, 1], 0, 0, 100.0) == pytest.approx(2 + OCTAVE / 2)
    assert of([1], 5, 0) == -np.inf
    assert of([1], 0, 5) == np.inf
    assert np.isnan(of([0], 0, 0))
