"""Every view draws whatever a run can send, costs nothing while hidden, and can be read aloud."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.app.frames_by_hand import (
    FEED_FORWARD,
    RECURRENT,
    deep_history,
    detailed_history,
    started,
    uniform_history,
    vanishing_history,
)
from vgviewer.app import theme
from vgviewer.app.picture.steps import outline, smoothed
from vgviewer.app.views import VIEWS, Curves, LayersTraining, ThroughTime, View
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, History, Site
from vgviewer.network import Layer, Network
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.rnn import Rnn
from vgviewer.tasks.adding import Adding

Shown = Callable[[type[View], History | None], View]


def drawn(layer: Layer) -> Experiment:
    """A network of one layer, not yet trained."""
    return Experiment(network=Network(layers=(layer,)), task=Adding())


def without_readings() -> History:
    """A frame that carries only its loss."""
    history = History(started())
    history.append(Frame(0, 0.5))
    return history


HUNDRED = tuple(Site(f"dense{i}", "dense", has_weights=True) for i in range(1, 101))
HISTORIES = {
    "no run": lambda: None,
    "no frame": lambda: History(started()),
    "one frame": lambda: vanishing_history(1),
    "full": lambda: vanishing_history(5000),
    "all NaN": lambda: uniform_history(np.nan),
    "all inf": lambda: uniform_history(np.inf),
    "all -inf": lambda: uniform_history(-np.inf),
    "all 1e38": lambda: uniform_history(1e38),
    "all -1e38": lambda: uniform_history(-1e38),
    "feed-forward": lambda: uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0),
    "forty layers": deep_history,
    "one layer": lambda: detailed_history(FEED_FORWARD[-1:], 0),
    "a hundred layers": lambda: detailed_history(HUNDRED, 0),
    "one timestep": lambda: detailed_history(timesteps=1),
    "a thousand timesteps": lambda: detailed_history(timesteps=1000),
    "no readings": without_readings,
}


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    """Makes a visible view of 640 × 300."""
    theme.apply(qapp, theme.LIGHT)
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    host.resize(640, 300)
    host.show()

    def show(view_type: type[View], history: History | None) -> View:
        view = view_type(host)
        view.resize(640, 300)
        view.show()
        view.set_history(history)
        QApplication.sendPostedEvents()
        view.refresh()
        QApplication.sendPostedEvents()
        return view

    yield show
    host.close()
    host.deleteLater()


def color_at(view: View, x: float, y: float) -> tuple[int, int, int, int]:
    """What is painted at a data coordinate."""
    at = view.plot.mapTo(view, view.plot.position_of(x, y).toPoint())
    return view.grab().toImage().pixelColor(at).getRgb()


@pytest.mark.parametrize("history", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("view_type", VIEWS.values(), ids=VIEWS)
def test_that_a_view_draws_whatever_a_run_sends(
    shown: Shown, view_type: type[View], history: Callable[[], History | None]
) -> None:
    view = shown(view_type, history())
    view.select("rnn1")
    view.refresh()
    assert not view.grab().isNull()
    assert view.accessibleDescription()
    assert isinstance(view.caption_at(1.0, 0.5), str)


@pytest.mark.parametrize("view_type", VIEWS.values(), ids=VIEWS)
def test_that_an_empty_view_says_what_it_will_show_and_offers_to_fill_it(
    shown: Shown, view_type: type[View]
) -> None:
    view = shown(view_type, None)
    heard: list[bool] = []
    view.fill_wanted.connect(lambda: heard.append(True))
    assert view.missing() == view_type.empty_text
    view._empty._fill.click()
    assert heard


def test_that_a_network_without_recurrence_is_told_so_and_offered_nothing(shown: Shown) -> None:
    view = shown(ThroughTime, uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0))
    assert "no recurrent layer" in view.missing()
    assert view._empty._fill.isHidden()


def test_that_the_picture_has_the_scale_s_color_at_a_timestep(shown: Shown) -> None:
    history = vanishing_history(2)
    view = shown(ThroughTime, history)
    assert isinstance(view, ThroughTime)
    sizes = history.latest.readings["state_gradient"]
    for timestep in (10, 60, 80, 97):
        relative = sizes[0, timestep - 1] - sizes[0, -1]
        assert color_at(view, timestep, 0.8) == tuple(view.scale.colors(np.array([relative]))[0])


@pytest.mark.parametrize(
    ("value", "name"), [(np.nan, "none"), (np.inf, "not_finite"), (-np.inf, "exact_zero")]
)
@pytest.mark.parametrize("view_type", [ThroughTime, LayersTraining])
def test_that_a_reserved_color_is_painted(
    shown: Shown, view_type: type[View], value: float, name: str
) -> None:
    view = shown(view_type, uniform_history(value))
    expected = getattr(view.dress, name)
    assert color_at(view, 1.0, 0.4) == (*bytes.fromhex(expected[1:]), 255)


def test_that_the_output_is_on_top_and_the_first_layer_at_the_bottom(shown: Shown) -> None:
    view = shown(LayersTraining, vanishing_history(20))
    assert view.layer_at(0, 0.5) == "output"
    assert view.layer_at(0, len(RECURRENT) - 0.5) == "rnn1"
    assert view.layer_at(0, len(RECURRENT) + 0.5) is None


def test_that_the_subtitle_says_what_a_layer_keeps_per_timestep(shown: Shown) -> None:
    view = shown(ThroughTime, vanishing_history(3))
    assert view.header.sentence == "Gradient through time: rnn1 keeps 0.58 per timestep, lstm2 0.71"
    assert "memory horizon 8" in view.accessibleDescription()


def test_that_the_cell_is_offered_only_where_there_is_one(shown: Shown) -> None:
    without = tuple(site for site in RECURRENT if not site.has_cell)
    view = shown(ThroughTime, uniform_history(-1.0, sites=without))
    assert view._what.isHidden()
    view.set_history(vanishing_history(2))
    assert view._what.text() == "cell state"  # where an LSTM's memory lives, shown until another is chosen
    assert view.caption_at(100, 0.5).startswith("rnn1, timestep 100: 0.0")  # without a cell: the hidden state
    cell = view.caption_at(100, 1.5)
    view._what.choose("state")
    assert view.caption_at(100, 1.5) != cell
    assert view.caption_at(100, 1.5).startswith("lstm2, timestep 100: 0.0")


def test_that_a_title_is_whole_where_the_choices_have_not_all_the_room_they_want(shown: Shown) -> None:
    view = shown(ThroughTime, vanishing_history(2))
    header = view.header
    view.resize(260, 300)
    while header._choices.sizeHint().width() <= header.width():
        header.choices[0].setText(header.choices[0].text() + ".")
    QApplication.processEvents()
    assert header.width() > header._title.sizeHint().width()
    assert header._title.width() >= header._title.sizeHint().width()


def test_that_the_curve_says_how_it_stands_to_the_baseline(shown: Shown) -> None:
    assert "still at the baseline" in shown(Curves, vanishing_history(400)).header.sentence
    assert "below the baseline" in shown(Curves, deep_history()).header.sentence
    assert "not finite" in shown(Curves, uniform_history(np.nan)).header.sentence


def test_that_the_value_under_the_pointer_stands_in_the_header(shown: Shown) -> None:
    view = shown(ThroughTime, vanishing_history(2))
    view.plot.pointed.emit(97.2, 0.5)
    assert view.header._subtitle.text().startswith("rnn1, timestep 97: ")
    view.plot.left.emit()
    assert "keeps" in view.header._subtitle.text()


@pytest.mark.parametrize("view_type", [ThroughTime, LayersTraining])
def test_that_a_click_on_a_row_or_its_name_names_the_layer(shown: Shown, view_type: type[View]) -> None:
    view = shown(view_type, vanishing_history(5))
    heard: list[str] = []
    view.layer_clicked.connect(heard.append)
    at = view.plot.position_of(2, 1.5).toPoint()
    for point in (at, QPoint(10, at.y())):
        QTest.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert heard == [view.names[1]] * 2


@pytest.mark.parametrize("view_type", [ThroughTime, LayersTraining, Curves])
def test_that_the_first_frame_is_shown_though_no_other_follows(shown: Shown, view_type: type[View]) -> None:
    history = History(started())
    view = shown(view_type, history)
    assert view.missing()
    source = vanishing_history(1).latest
    assert source is not None
    history.append(source)
    view._tick()
    assert not view.missing()
    assert view._pages.currentIndex() == 0


def test_that_a_network_without_recurrence_is_promised_no_picture_through_time(shown: Shown) -> None:
    view = shown(ThroughTime, None)
    assert view.missing() == ThroughTime.empty_text
    view.foresee(drawn(Dense(id="dense1", units=2)))
    assert "no recurrent layer" in view.missing()
    assert not view.can_fill()
    view.foresee(drawn(Rnn(id="rnn1", units=2)))
    assert view.missing() == ThroughTime.empty_text


def test_that_the_words_of_the_last_frame_come_though_no_other_follows(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = vanishing_history(2)
    view = shown(Curves, history)
    history.append(Frame(2, 0.125))
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 0.5)
    view._tick()
    assert "0.125" not in view.header._words
    monkeypatch.setattr(time, "monotonic", lambda: now + 2.0)
    view._tick()
    assert "0.125" in view.header._words


@pytest.mark.parametrize("view_type", VIEWS.values(), ids=VIEWS)
def test_that_a_hidden_view_has_no_clock(shown: Shown, view_type: type[View]) -> None:
    view = shown(view_type, vanishing_history(2))
    assert view._clock.isActive()
    view.hide()
    assert not view._clock.isActive()


@pytest.mark.parametrize("view_type", VIEWS.values(), ids=VIEWS)
def test_that_items_are_reused_from_frame_to_frame(shown: Shown, view_type: type[View]) -> None:
    history = vanishing_history(3)
    view = shown(view_type, history)
    before = len(view.plot.scene().items())
    for step in range(3, 30):
        history.append(Frame(step, 0.2, readings=history.latest.readings))
        view.refresh()
    assert len(view.plot.scene().items()) == before


@pytest.mark.parametrize("view_type", VIEWS.values(), ids=VIEWS)
def test_that_a_switch_of_the_theme_repaints_the_whole_view(
    shown: Shown, qapp: QApplication, view_type: type[View]
) -> None:
    view = shown(view_type, vanishing_history(5))
    light = view.grab().toImage()
    theme.apply(qapp, theme.DARK)
    dark = view.grab().toImage()
    assert dark.pixelColor(2, 2).name() == theme.DARK.window
    theme.apply(qapp, theme.LIGHT)
    assert view.grab().toImage() == light


def test_that_the_names_of_forty_layers_do_not_touch(shown: Shown) -> None:
    view = shown(LayersTraining, deep_history())
    view.select("dense20")
    view.refresh()
    places = sorted(place for place, _ in view.plot.left_axis._tickLevels[0])
    per_row = view.plot.data_size()[1] / len(view.names)
    assert min(np.diff(places)) * per_row >= 14
    assert "dense20" in [name for _, name in view.plot.left_axis._tickLevels[0]]


def test_that_smoothing_keeps_a_constant_and_a_gap() -> None:
    values = np.array([2.0] * 10 + [np.nan] + [2.0] * 10)
    np.testing.assert_allclose(smoothed(values, 5), values)


def test_that_a_spike_of_one_step_is_never_lost() -> None:
    values = np.ones(4000)
    values[1234] = 9.0
    _, drawn = outline(np.arange(4000), values, 300)
    assert drawn.max() == 9.0
    assert len(drawn) < 1300


def test_that_the_value_an_alert_points_at_follows_the_run_until_somebody_points_elsewhere(
    shown: Shown,
) -> None:
    view = shown(ThroughTime, uniform_history(-1.0))
    view.point_at("rnn1", 5)
    before = view.header._note
    assert "timestep 5" in before
    history = uniform_history(-4.0)
    latest = history.latest
    assert latest is not None
    assert view.history is not None
    view.history.append(Frame(latest.step + 1, 0.1, readings=latest.readings))
    view.refresh()
    assert "timestep 5" in view.header._note
    assert view.header._note != before
    view.plot.pointed.emit(3.0, 0.5)
    assert "timestep 3" in view.header._note
    view.plot.left.emit()
    assert view.header._note == ""
