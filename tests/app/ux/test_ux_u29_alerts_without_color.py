"""U29: Alert not by color only: icon + text + position."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.alerts.looks import LOOKS, OTHER, Sign
from vgviewer.app.window import Window
from vgviewer.runner import Run

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
VISIBLE = 24  # of 255: a difference in gray that an eye sees


def gray(widget: QWidget, area: QRect) -> np.ndarray:
    """The picture of a part of the widget as a gray printer gives it."""
    image = widget.grab(area).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(int)


def of_block(window: Window) -> np.ndarray:
    canvas = window.desk.network.canvas
    box = canvas.mapFromScene(canvas.diagram.blocks["rnn1"].box).boundingRect()
    return gray(canvas.viewport(), box)


def test_that_the_block_of_an_alert_is_told_apart_in_gray(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    window = make_window(qtbot, tmp_path, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment(), None)
    window.show()
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    canvas = window.desk.network.canvas
    (alert,) = window.live.alerts
    marked = of_block(window)
    canvas.set_alerts({})
    plain = of_block(window)
    assert (np.abs(marked - plain) > VISIBLE).sum() > 30  # a mark, not a tint

    card = window.desk.alerts.cards[0]
    words = [label.text() for label in card.findChildren(QLabel)]
    assert any("Vanishing in time" in text for text in words)
    sign = card.findChild(Sign)
    assert sign is not None
    assert (np.abs(np.diff(gray(sign, sign.rect()), axis=1)) > VISIBLE).any()  # an icon is drawn
    assert alert.title


def test_that_every_kind_of_alert_has_an_icon_and_no_two_opposites_share_one() -> None:
    icons = {kind: look.icon for kind, look in LOOKS.items()}
    assert all([*icons.values(), OTHER.icon])
    assert icons["vanishing"] != icons["exploding"]
