"""The account of the hops: its rows multiply to the whole, its bars go left for what loses."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import theme
from vgviewer.app.alerts.account import MOST_ROWS, Row, account
from vgviewer.app.alerts.bars import HopBars, value
from vgviewer.diagnosis import Cause, Hop

LSTM = tuple(
    Hop(
        "lstm1",
        "lstm1",
        t,
        0,
        {"cell path": cell, "merge": 1.3, "injection": 2.0},
        {"gates": 0.5, "weights": 0.8},
    )
    for t, cell in ((9, 0.4), (8, 0.9))
)


def deep(hops: int, gain: float = 0.5) -> Cause:
    return Cause("", tuple(Hop(f"d{i + 1}", f"d{i}", None, gain, {}) for i in range(hops, 0, -1)))


@pytest.fixture
def bars(qtbot: QtBot) -> Iterator[HopBars]:
    around = QWidget()  # alive as long as the bars
    qtbot.addWidget(around)
    yield HopBars(around)  # noqa: PT022  (returned, it would lose its parent)


def test_that_the_mean_hop_through_time_is_the_product_of_its_rows_without_what_enters() -> None:
    found = account(Cause("", LSTM))
    assert found is not None
    assert [row.name for row in found.rows] == [
        "per timestep",
        "forget gates",
        "through the detour",
        "the detour alone",
        "into its gates",
        "W_hh",
    ]
    sizes = [10**row.exponent for row in found.rows]
    assert sizes == pytest.approx([0.6 * 1.3, 0.6, 1.3, 0.4, 0.5, 0.8])
    assert [row.is_whole for row in found.rows] == [True, False, False, True, False, False]
    assert found.title == "The mean of 2 hops through time"


def test_that_a_detour_is_a_factor_whether_it_adds_or_takes() -> None:
    hop = Hop("gru1", "gru1", 3, 0.4, {"carry": 0.5, "merge": 0.8}, {"gates": 0.2, "weights": 0.5})
    found = account(Cause("", (hop,)))
    assert found is not None
    assert [row.name for row in found.rows[1:3]] == ["update gates", "through the detour"]
    assert value(found.rows[2]) == "× 0.80"


def test_that_few_hops_of_depth_have_a_row_each_and_many_share_rows_that_keep_the_product() -> None:
    few, many = account(deep(9)), account(deep(100))
    assert few is not None
    assert many is not None
    assert [row.name for row in few.rows][:2] == ["d10 → d9", "d9 → d8"]
    assert few.title == "Hop by hop, back from the loss"
    assert len(many.rows) <= MOST_ROWS
    assert many.title == "Back from the loss, 9 hops a row"
    assert (many.rows[0].name, many.rows[-1].name) == ("d101 → d92", "d2 → d1")
    assert sum(row.exponent for row in many.rows) == pytest.approx(100 * math.log10(0.5))


def test_that_nothing_is_0_and_the_unknown_is_said_to_be_so() -> None:
    hops = (Hop("a", "b", None, 0.0, {}), Hop("b", "c", None, math.nan, {}))
    found = account(Cause("", hops))
    assert found is not None
    assert [value(row) for row in found.rows] == ["0", "n/a"]
    assert value(Row("", math.log10(1.284))) == "× 1.28"
    assert value(Row("", math.log10(1.284), is_whole=True)) == "1.28"
    assert value(Row("", -7.9)) == "1.3 × 10⁻⁸"


def test_that_a_cause_without_hops_has_no_account(bars: HopBars) -> None:
    bars.show_cause(deep(2))
    assert not bars.isHidden()
    bars.show_cause(Cause("in words only"))
    assert bars.isHidden()


@pytest.mark.parametrize("dress", [theme.LIGHT, theme.DARK], ids=lambda dress: dress.name)
def test_that_a_bar_goes_left_for_what_loses_and_right_for_what_gains(
    bars: HopBars, qapp: QApplication, dress: theme.Theme
) -> None:
    theme.apply(qapp, dress)
    gains = (0.01, 100.0, 1.0, 0.0)
    bars.show_cause(Cause("", tuple(Hop(f"d{i}", "x", None, gain, {}) for i, gain in enumerate(gains))))
    bars.resize(300, bars.height())
    loses, gains_, keeps, nothing = (bars.bar(place) for place in range(4))
    assert loses.right() == pytest.approx(gains_.left()) == pytest.approx(keeps.left())
    assert loses.width() == pytest.approx(gains_.width())
    assert keeps.width() == 0
    assert nothing.left() < loses.left()
    picture = bars.grab().toImage()
    seen = [picture.pixelColor(box.center().toPoint()).name() for box in (loses, gains_, nothing)]
    assert seen == [dress.vanishing, dress.exploding, dress.exact_zero]
    theme.apply(qapp, theme.LIGHT)


def test_that_the_bars_are_told_to_who_does_not_see_them(bars: HopBars) -> None:
    bars.show_cause(deep(2))
    assert bars.accessibleDescription() == "Hop by hop, back from the loss: d3 → d2 × 0.50, d2 → d1 × 0.50"
