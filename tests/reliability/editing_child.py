"""A child: the window on a file, edited or asked by a hand, with everything real but torch, which nothing here needs.

argv: a preset, then "edit" (a change every 25 ms, each told, until it is killed), "recover", "discard" or "leave" (what
is answered when a question comes; what is open is told as a line of JSON), "end" (an edit, then closed with
Discard), "abort" or "edit and abort" (the process ends as by a fault in a library).
"""

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.reliability.hands import edit_once, layer_units
from vgviewer import runner
from vgviewer.app import boot, dialogs
from vgviewer.app.recovery.question import Question
from vgviewer.app.report import Report
from vgviewer.app.window import Window

FILE, DEED = Path(sys.argv[1]), sys.argv[2]
EDIT_MS, LOOK_MS = 25, 50  # a look comes after the first paint, when a question would stand there
KEPT_MS = 700  # by then the journal of an edit is there


class Hand(Window):
    """The window itself, with a hand on it."""

    def open_first(self, path: Path | None) -> None:
        super().open_first(path)
        self.painted.connect(self._begin)

    def _begin(self) -> None:
        self.timer = QTimer(self, interval=EDIT_MS)
        if DEED == "edit":
            self.timer.timeout.connect(self._edit)
        else:
            self.timer.setSingleShot(True)
            self.timer.setInterval(KEPT_MS if DEED in ("end", "edit and abort") else LOOK_MS)
            self.timer.timeout.connect(
                self._end if DEED == "end" else os.abort if "abort" in DEED else self._answer
            )
            if DEED in ("end", "edit and abort"):
                self._edit()
        self.timer.start()

    def _edit(self) -> None:
        print(edit_once(self), time.monotonic(), flush=True)

    def _end(self) -> None:
        print(len(list(Path(sys.argv[3]).rglob("*.journal"))), flush=True)
        self.close()

    def _answer(self) -> None:
        questions, reports = self.findChildren(Question), self.findChildren(Report)
        for dialog in (*questions, *reports):
            for button in dialog.findChildren(QPushButton):
                if button.isVisible() and "&Copy" in button.text():
                    button.click()
        if questions and DEED != "leave":
            (questions[0].recover if DEED == "recover" else questions[0].discard).click()
        told = {
            "asked": len(questions),
            "units": layer_units(self),
            "modified": self.document.modified,
            "path": str(self.document.path),
            "said": self.status._message,
            "reported": [report.sentence.text() for report in reports],
            "copied": QGuiApplication.clipboard().text(),
        }
        print(json.dumps(told), flush=True)


def discard(*_: object) -> str:
    """The answer to what is asked before a window closes."""
    return "discard"


dialogs.ask_about_changes = discard  # type: ignore[assignment]
runner.warm_up = lambda: None  # type: ignore[assignment]
boot.Window = Hand  # type: ignore[misc]
sys.exit(boot.open_window(FILE))
