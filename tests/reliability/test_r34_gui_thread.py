"""R34: every widget mutator that is called from the worker fails the test."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QGraphicsRectItem, QLabel
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from tests.gui_thread import WrongThread, watched
from vgviewer.app.views import VIEWS
from vgviewer.experiment import find, load

STEPS = 20
USED = ("QWidget.update", "QLabel.setText", "QGraphicsItem.setPos", "QAction.setEnabled", "QTimer.stop")


def test_that_a_run_with_all_its_pictures_changes_widgets_on_one_thread_only(
    qtbot: QtBot, tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    experiment = load(find("lstm-default"))
    with watched() as (caught, names):
        window = make_window(qtbot, tmp_path)
        window.document.replace(experiment.replace(training=experiment.training.replace(steps=STEPS)), None)
        for name in VIEWS:
            window.desk.view(name)
        window.show()
        window.live.train_or_pause()
        qtbot.waitUntil(lambda: window.live.state == "ended", timeout=60_000)
        window.desk.network.foresight.finish()
        QApplication.processEvents()
        steps, drawn = (
            window.live.steps_made,
            sum(view.history is not None for view in window.desk.views.values()),
        )
        window.live.stop(5)
        window.document.let_go()
        window.close()
    assert (steps, drawn) == (STEPS, len(VIEWS))
    assert set(USED) <= set(names)
    target = "a whole run with every picture: 0 widget mutators called from another thread"
    value = {"watched": len(names), "caught": len(caught)}
    assert scoreboard("R34", target, value, not caught), caught


def test_that_a_call_from_another_thread_is_caught_before_it_reaches_qt(qtbot: QtBot) -> None:
    label, box, action = QLabel("before"), QGraphicsRectItem(0, 0, 1, 1), QAction("before")
    qtbot.addWidget(label)
    refused: list[str] = []

    def work() -> None:
        for change in (
            lambda: label.setText("after"),
            lambda: label.setToolTip("after"),
            lambda: box.setPos(1, 1),
            lambda: action.setText("after"),
            label.update,
        ):
            try:
                change()
            except WrongThread as error:
                refused.append(str(error))

    with watched() as (caught, _):
        worker = threading.Thread(target=work, name="a worker")
        worker.start()
        worker.join()
        label.setText("here")
    assert len(refused) == len(caught) == 5
    assert "QLabel.setText from a worker" in refused
    assert (label.text(), action.text(), box.pos().x()) == ("here", "before", 0)
    label.setText("after")
    assert label.text() == "after"
