"""Between which limits pictures are colored: fixed, automatic without jitter, or pinned."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app.colormaps import Maps
from vgviewer.app.picture.limits import MARK_S, Limits, rounded
from vgviewer.app.picture.meaning import Meaning, gradient, relative

SHARE = Meaning("share", "", 0.0, 1.0, log10=False)


def limits_of(
    limits: Limits, meaning: Meaning, low: float, high: float, picture: QWidget
) -> tuple[float, float]:
    fitted = limits.fit(meaning, np.array([low, high]), picture)
    return fitted.low, fitted.high


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[tuple[QWidget, QWidget]]:
    """Both are seen."""
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(200, 200)
    one, other = QWidget(host), QWidget(host)
    host.show()
    yield one, other
    host.close()


def test_that_fixed_limits_are_the_meaning_s_whatever_the_data(pictures: tuple[QWidget, QWidget]) -> None:
    assert limits_of(Limits(), gradient(""), -30, 30, pictures[0]) == (-12, 4)


@pytest.mark.parametrize(
    ("meaning", "data", "wanted"),
    [
        (gradient(""), (-3.2, -0.1), (-4, 0)),
        (gradient(""), (-3, -3), (-4, -3)),
        (relative(""), (-0.2, 2.5), (-3, 3)),
        (relative(""), (0, 0), (-1, 1)),
        (SHARE, (0.12, 0.71), (0.0, 0.8)),
        (SHARE, (0.0, 0.0), (0.0, 1.0)),
        (Meaning("g", "", -1, 1, signed=True, log10=False), (-0.3, 0.1), (-0.4, 0.4)),
        (gradient(""), (-1e38, 1e38), (-64, 64)),
    ],
)
def test_that_automatic_limits_are_rounded_outward(
    meaning: Meaning, data: tuple[float, float], wanted: tuple[float, float]
) -> None:
    assert rounded(meaning, *data) == pytest.approx(wanted)


def test_that_automatic_limits_change_only_when_they_must(pictures: tuple[QWidget, QWidget]) -> None:
    limits, told = Limits(), []
    limits.choose("gradient", "automatic")
    limits.changed.connect(told.append)
    here = pictures[0]
    assert limits_of(limits, gradient(""), -7.5, -0.5, here) == (-8, 0)
    assert not limits.has_changed("gradient")  # a first scale is no change
    assert limits_of(limits, gradient(""), -6.5, -1.5, here) == (-8, 0)  # a little smaller: nothing jumps
    assert limits_of(limits, gradient(""), -8.5, -1.5, here) == (-9, 0)  # beyond: at once
    assert limits.has_changed("gradient")
    assert limits_of(limits, gradient(""), -2.5, -1.5, here) == (-3, -1)  # less than half: narrower
    assert told == ["gradient", "gradient"]


def test_that_the_mark_of_a_change_fades(
    pictures: tuple[QWidget, QWidget], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits()
    limits.choose("gradient", "automatic")
    limits_of(limits, gradient(""), -1, 0, pictures[0])
    limits_of(limits, gradient(""), -9, 0, pictures[0])
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + MARK_S + 0.1)
    assert not limits.has_changed("gradient")


def test_that_pictures_of_a_group_share_what_holds_the_data_of_all(pictures: tuple[QWidget, QWidget]) -> None:
    limits, (one, other) = Limits(), pictures
    limits.choose("gradient", "automatic")
    limits_of(limits, gradient(""), -3, -1, one)
    assert limits_of(limits, gradient(""), -9, -5, other) == (-9, -1)
    assert limits_of(limits, gradient(""), -3, -1, one) == (-9, -1)
    limits.forget(other)  # it is hidden now
    assert limits_of(limits, gradient(""), -3, -1, one) == (-3, -1)
    assert limits_of(limits, relative(""), -3, -1, one) == (-8, 8)  # another group is not touched


def test_that_what_is_drawn_while_it_is_hidden_has_no_part_in_them(
    pictures: tuple[QWidget, QWidget],
) -> None:
    limits, (seen, hidden) = Limits(), pictures
    limits.choose("gradient", "automatic")
    limits_of(limits, gradient(""), -3, -1, seen)
    hidden.hide()
    assert limits_of(limits, gradient(""), -30, 0, hidden) == (-3, -1)  # as another run gives it to draw
    assert limits_of(limits, gradient(""), -3, -1, seen) == (-3, -1)


def test_that_pinned_limits_stay_as_they_were_shown(pictures: tuple[QWidget, QWidget]) -> None:
    limits = Limits()
    limits.choose("gradient", "pinned")
    assert limits.mode("gradient") == "fixed"  # nothing has been shown that could be pinned
    limits.choose("gradient", "automatic")
    limits_of(limits, gradient(""), -3, -1, pictures[0])
    limits.choose("gradient", "pinned")
    assert limits_of(limits, gradient(""), -30, 30, pictures[0]) == (-3, -1)
    limits.choose("gradient", "fixed")
    assert limits_of(limits, gradient(""), -30, 30, pictures[0]) == (-12, 4)


def test_that_what_was_chosen_is_kept_as_text_and_nonsense_is_passed_over(
    pictures: tuple[QWidget, QWidget],
) -> None:
    limits = Limits()
    limits.choose("relative", "automatic")
    limits_of(limits, gradient(""), -3, -1, pictures[0])
    limits.choose("gradient", "pinned")
    assert limits.kept() == {"relative": "automatic", "gradient": "pinned -12.0 4.0"}
    again = Limits()
    nonsense = {"a": "pinned", "b": "pinned 3 1", "c": "pinned nan 1", "d": "x", "e": "automatic 3", "f": ""}
    again.restore(limits.kept() | nonsense)
    assert again.kept() == limits.kept()


def test_that_only_known_colormaps_are_taken() -> None:
    limits = Limits()
    limits.choose_map("viridis", signed=False)
    limits.choose_map("crameri:vik", signed=True)
    assert limits.maps == Maps("viridis", "crameri:vik")
    limits.choose_maps(Maps("jet", "hsv"))
    assert limits.maps == Maps()
