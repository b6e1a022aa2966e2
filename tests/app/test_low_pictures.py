"""Pictures that are low or narrow: they say less, and nothing of what they still say is cut off."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import uniform_history
from tests.app.showing import settle, show_view
from vgviewer.app import theme
from vgviewer.app.picture.axes import bottom_height, is_low
from vgviewer.app.picture.header import Elided
from vgviewer.app.picture.horizon import _words
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.views import LayersTraining, PredictionView, ThroughTime
from vgviewer.app.views.heatmap import Heatmap


@pytest.fixture
def large(qapp: QApplication) -> Iterator[None]:
    """Texts twice as large."""
    theme.enlarge(2.0)
    yield
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)


@pytest.mark.parametrize("height", [150, 300])
def test_that_the_legend_and_the_ticks_of_a_colorbar_lie_within_it(qtbot: QtBot, height: int) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0), (520, height))
    assert isinstance(view, Heatmap)
    bar = view._colorbar
    bar.show_found(np.array([-np.inf, np.inf, np.nan]))
    settle(view)
    assert is_low(bar.height()) == (height == 150)
    assert bar.width() >= bar.sizeHint().width()
    lines = len(bar.legend()) * theme.px(15)
    room = bar.height() if is_low(bar.height()) else bar.height() - bar._bar().bottom() - 3
    assert lines <= room
    assert len(bar._ticks()) >= 2, "a scale of one number is none"


def test_that_a_low_picture_keeps_the_colorbar_beside_its_cells(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0), (520, 120))
    assert isinstance(view, Heatmap)
    _, height = view.plot.data_size()
    assert abs(view._colorbar._bar().height() - height) <= 2
    assert bottom_height(120) < bottom_height(300)


def test_that_choices_of_a_second_line_begin_where_the_title_does(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0), (300, 260))
    header = view.header
    choice = header.choices[0]
    assert choice.mapTo(header, choice.rect().topLeft()).y() >= header._title.geometry().bottom()
    words = choice.width() - choice.fontMetrics().horizontalAdvance(choice.text())
    start = choice.mapTo(header, choice.rect().topLeft()).x() + words / 2
    assert abs(start - (header._title.x() + header._title.contentsMargins().left())) <= 4


def test_that_a_view_without_a_run_offers_nothing_to_choose(qtbot: QtBot) -> None:
    view = show_view(qtbot, LayersTraining, None)
    assert not any(choice.isVisible() for choice in view.header.choices)
    view.set_history(uniform_history(-1.0))
    settle(view)
    assert any(choice.isVisible() for choice in view.header.choices)


@pytest.mark.parametrize("height", [200, 400])
def test_that_the_sentence_of_an_empty_view_is_not_cut(qtbot: QtBot, large: None, height: int) -> None:
    view = show_view(qtbot, ThroughTime, None, (560, height))
    theme.apply(QApplication.instance(), theme.LIGHT)  # type: ignore[arg-type]
    settle(view)
    text, button = view._empty.findChild(QLabel), view._empty.findChild(QPushButton)
    assert text is not None
    assert button is not None
    assert text.height() >= text.heightForWidth(text.width())
    assert view._empty.rect().contains(button.geometry())
    assert (button.geometry().left() > text.geometry().right()) == (height == 200)


def test_that_a_few_letters_of_a_sentence_are_left_out(qtbot: QtBot) -> None:
    label = Elided(None)  # type: ignore[arg-type]
    qtbot.addWidget(label)
    label.setText("a sentence that is longer than its place")
    for width, is_drawn in ((30, False), (200, True)):
        label.resize(width, 20)
        image = label.grab().toImage()
        colors = {image.pixelColor(x, y).name() for x in range(width) for y in range(20)}
        assert (len(colors) > 1) == is_drawn


def test_that_the_words_of_a_memory_horizon_are_as_long_as_their_room(qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    assert _words(9, 400) == "memory horizon, 1 % left: 9 timesteps"
    assert _words(9, 200) == "memory horizon: 9 timesteps"
    assert _words(9, 100) == "horizon: 9"
    assert _words(9, 30) == ""


def test_that_large_labels_of_steps_stand_farther_apart(large: None) -> None:
    assert len(step_ticks(0, 400, 400)) == 3
    theme.enlarge(1.0)
    assert len(step_ticks(0, 400, 400)) == 5


def test_that_in_a_low_and_narrow_view_the_choices_stand_in_the_place_of_the_title(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0), (300, 120))
    header = view.header
    assert not header._title.isVisible()
    assert header.choices[0].isVisible()
    header.note("the value under the pointer")
    assert header._subtitle.isVisible()
    assert not header.choices[0].isVisible()
    header.note("")
    assert header.choices[0].isVisible()
    view.resize(300, 260)
    settle(view)
    assert header._title.isVisible()


def test_that_a_low_view_without_choices_keeps_its_title(qtbot: QtBot) -> None:
    view = show_view(qtbot, PredictionView, None, (300, 120))
    assert isinstance(view, PredictionView)
    view.header.offer_choices(True)
    assert not view.header._title.isVisible()
    view._way.offer({"time": "through time"})
    view.header.say("Expected before training", "")
    assert view.header._title.isVisible()
