"""The line of steps: what was trained from end to end, and each alert at its step, none over another."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import theme
from vgviewer.app.track import MARK, PURPOSE, Progress, Track
from vgviewer.diagnosis import Alert


def alert(step: int, until: int | None = None, kind: str = "not_learning") -> Alert:
    return Alert(kind, None, None, None, step, until, "critical", 1.0, 1.0, "It is so.")  # type: ignore[arg-type]


@pytest.fixture
def track(qapp: QApplication) -> Iterator[Track]:
    theme.apply(qapp, theme.LIGHT)
    host = QWidget()
    host.resize(600, 36)
    host.show()
    made = Track(host)
    made.resize(600, 36)
    made.show()
    yield made
    host.close()
    host.deleteLater()


def is_accent(picture: QImage, x: int) -> bool:
    wanted = QColor(theme.current().accent)
    return any(picture.pixelColor(x, y) == wanted for y in range(picture.height()))


def test_that_the_line_is_full_however_little_of_the_run_is_made(track: Track) -> None:
    track.show_progress(Progress(7, ()))
    picture = track.grab().toImage()
    assert is_accent(picture, 30)
    assert is_accent(picture, 570)
    assert not is_accent(picture, 598), "the number of steps stands there"


def test_that_without_a_step_nothing_is_filled(track: Track) -> None:
    track.show_progress(Progress(0, ()))
    assert not is_accent(track.grab().toImage(), 300)


def test_that_an_alert_in_the_middle_of_what_was_trained_is_marked_in_the_middle(track: Track) -> None:
    track.show_progress(Progress(100, (alert(50),)))
    (mark,) = track.marks()
    assert mark.x == pytest.approx(300, abs=20)


def test_that_marks_do_not_lie_over_one_another_and_one_that_stands_gives_the_color(track: Track) -> None:
    near = (alert(500, until=600, kind="vanishing"), alert(502), alert(900))
    track.show_progress(Progress(1000, near))
    first, second = track.marks()
    assert [len(first.alerts), len(second.alerts)] == [2, 1]
    assert second.x - first.x > MARK
    assert first.stands
    assert first.color == theme.current().warning
    track.show_progress(Progress(1000, near[:1]))
    assert track.marks()[0].color == theme.current().text_muted


def test_that_a_mark_tells_its_alerts_and_the_rest_of_the_line_what_it_is(track: Track) -> None:
    track.show_progress(Progress(2000, (alert(1000, until=1500),)))
    (mark,) = track.marks()
    assert track.told_at(mark.x) == "Not learning: since step 1,000, taken back at step 1,500"
    assert track.told_at(mark.x + 100) == PURPOSE
