"""R08: with the same file open twice the second save warns, once; journals of running programs are left alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from tests.reliability.crashes import FIRST, IMPORTED, journals, restart, saved_file, start
from tests.reliability.nursery import Nursery
from vgviewer.app import dialogs
from vgviewer.app.window import Window
from vgviewer.experiment import load

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen knows no least size

ANSWERS = ("Cancel", "Overwrite", "Save As…")


def units(file: Path) -> int:
    return int(load(file).model_dump()["network"]["layers"][0]["units"])


def edit(window: Window, number: int) -> None:
    layer = window.document.experiment.network.layers[0].id
    assert not window.document.change(layer, {"units": number})


def save_and_answer(window: Window, answer: str) -> int:
    """Saves as a person does, presses the button of that name; how many dialogs stood there."""
    seen: list[QMessageBox] = []

    def press() -> None:
        boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
        seen.extend(box for box in boxes if box.isVisible())
        next(b for b in seen[0].buttons() if b.text().replace("&", "") == answer).click()

    timer = QTimer(window, singleShot=True, interval=0)
    timer.timeout.connect(press)
    timer.start()
    window.commands["save"].trigger()
    return len(seen)


def test_that_the_second_save_of_a_file_warns_and_never_overwrites_silently(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scoreboard: Callable[..., bool]
) -> None:
    wrong, dialogs_seen = [], []
    for answer in ANSWERS:
        folder = tmp_path / answer.strip("…")
        folder.mkdir()
        file, other = saved_file(folder), folder / "other.vgnet.json"
        monkeypatch.setattr(dialogs, "ask_save_path", lambda *_, there=other: there)
        one, two = make_window(qtbot, folder / "1"), make_window(qtbot, folder / "2")
        for window, number in ((one, FIRST + 1), (two, FIRST + 2)):
            assert window.files.open_path(file)
            edit(window, number)
        one.commands["save"].trigger()
        dialogs_seen.append(save_and_answer(two, answer))
        held = units(file), units(other) if other.exists() else None, two.document.modified
        expected = {
            "Cancel": (FIRST + 1, None, True),
            "Overwrite": (FIRST + 2, None, False),
            "Save As…": (FIRST + 1, FIRST + 2, False),
        }
        if held != expected[answer]:
            wrong.append((answer, held))
    value = {"dialogs": dialogs_seen, "wrong": wrong}
    passed = dialogs_seen == [1, 1, 1] and not wrong
    assert scoreboard(
        "R08", "the second save warns with one dialog, and does what is answered", value, passed
    )


def test_that_a_running_program_s_journal_is_offered_to_nobody_else(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    file = saved_file(tmp_path)
    with Nursery(*IMPORTED) as nursery:
        with start(nursery, file, "edit") as first:
            while not journals(file):
                assert first.stdout.readline()
            beside = restart(nursery, file, "recover")
            first.kill()
        after = restart(nursery, file, "recover")
    value = {"asked beside it": beside["asked"], "asked after its end": after["asked"]}
    passed = (
        not beside["asked"] and beside["units"] == FIRST and after["asked"] == 1 and after["units"] > FIRST
    )
    assert scoreboard("R08", "journals of two programs are not mixed", value, passed), (beside, after)
