"""A window whose every event handler, slot, timer and thread fails once, each at its first line. argv: an own folder.

Prints what was tried and what was not told as it should be, as JSON.
"""

import dis
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any, cast

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.reliability.deliveries import SHOWN, Carrier, Cast, needed, send, settle
from tests.reliability.targets import Target, targets
from tests.reliability.test_r20_nonfinite import nasty
from vgviewer.app.arrivals import Application
from vgviewer.app.boot import Warmth
from vgviewer.app.dress import wear
from vgviewer.app.faults import AGAIN_MS, SENTENCE, Faults
from vgviewer.app.live import Live
from vgviewer.app.log import log_file, open_log
from vgviewer.app.picture.colorbar import Colorbar
from vgviewer.app.picture.failures import MOST, OFF
from vgviewer.app.preferences import Preferences
from vgviewer.app.recovery import Recovery
from vgviewer.app.report import Report
from vgviewer.app.termination import Termination
from vgviewer.app.views import VIEWS
from vgviewer.app.views.view import TICK_MS
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run

WORDS = "injected on purpose"
PAINTED = "through-time"  # fails while Qt paints it; the others while they draw
OPENED = ("keys", "find_command", "glossary", "messages", "about", "preferences", "tour", "welcome")
NO_LINE = 0xF8  # in a table of lines, for 1 to 8 instructions


def fails(*_: object) -> None:
    """Its code takes the place of another function's."""
    raise RuntimeError("injected on purpose")


@contextmanager
def broken(function: FunctionType) -> Iterator[None]:
    """As if its first line failed; also for whoever holds it already."""
    sound, bad = function.__code__, fails.__code__
    begin = next(each.offset for each in dis.get_instructions(sound) if each.opname == "RESUME")
    nowhere = bytes([NO_LINE + begin // 2 - 1]) if begin else b""  # cells are made before the first line
    function.__code__ = sound.replace(
        co_code=sound.co_code[:begin] + bad.co_code,
        co_consts=bad.co_consts,
        co_names=bad.co_names,
        co_stacksize=bad.co_stacksize,
        co_linetable=nowhere + bad.co_linetable,
        co_exceptiontable=bad.co_exceptiontable,
    )
    try:
        yield
    finally:
        function.__code__ = sound


class Trial:
    """The window, and what was told of each fault."""

    def __init__(self, folder: Path) -> None:
        self.application = Application(["vgviewer"])
        preferences = Preferences(folder / "settings.json")
        wear(self.application, preferences.theme)
        HandRun.made, HandRun.script = [], messages(30)
        self.window = Window(preferences, cast(Callable[[Experiment], Run], HandRun))
        self.faults = Faults(self.window)
        self.faults.said.connect(self.window.guide.notifications.note)
        self.faults.install()
        self.parts = Warmth(self.window), Recovery(self.window), Termination(self.window.leave, self.window)
        self.carrier = Carrier(self.window)
        self.wrong: dict[str, list[str]] = {}

    def fill(self) -> None:
        """Everything that can be seen has been shown once."""
        self.window.document.replace(experiment(), None)
        self.window.show()
        for name in VIEWS:
            self.window.desk.view(name)
        self.train()
        for name in OPENED:
            self.window.commands[name].trigger()
            settle()
        self.cast = Cast(self.window)

    def train(self) -> int:
        """How many steps are drawn at the end."""
        live = self.window.live
        live.train_anew()
        while live.state != "ended":
            live.drain()
        settle()
        return live.steps_made

    def inject(self, target: Target) -> None:
        """It fails, is told once, and everything goes on."""
        code = target.function.__code__
        name = f"RuntimeError at {code.co_filename}:"
        before = dict(self.faults._counts)
        receiver = self.cast.find(target.owner, target.name) if target.owner else None
        settle()
        with broken(target.function):
            self._call(target, receiver)
            settle()
            settle()
        SHOWN.clear()
        told = [each for each, count in self.faults._counts.items() if count > before.get(each, 0)]
        if not any(each.startswith(name) for each in told):
            self._miss("not told", target, told)
        if f"in {code.co_name}" not in log_file().read_text("utf-8"):
            self._miss("not logged", target)
        self._read(target)
        settle()
        if not self.window.isVisible():
            self._miss("the window is gone", target)

    def _call(self, target: Target, receiver: Any) -> None:
        if target.kind == "event":
            send(receiver, target.name)
        elif target.kind == "slot":
            self.carrier.call(target.function, receiver)
        else:
            words = needed(target.function, receiver)
            worker = threading.Thread(target=target.function, args=words)
            worker.start()
            worker.join()

    def _read(self, target: Target) -> None:
        """One dialog, with details that can be copied."""
        if self.faults._owed is not None:  # the fault broke its own dialog
            settle(AGAIN_MS + 50)
        reports = [each for each in self.window.findChildren(Report) if _is_told(each)]
        if len(reports) != 1 and target.owner is not Faults:
            self._miss(f"{len(reports)} dialogs", target)
        for report in reports:
            QGuiApplication.clipboard().clear()
            report.findChildren(QPushButton)[2].click()
            if WORDS not in QGuiApplication.clipboard().text():
                self._miss("not copied", target)
            report.accept()

    def _miss(self, what: str, target: Target, told: object = "") -> None:
        self.wrong.setdefault(what, []).append(f"{target} {told}")

    def repeat(self, count: int) -> dict[str, int]:
        """The same fault so many times: dialogs, what is counted in the first one, traces in the log."""
        self.faults._shown_at.clear()  # as if a minute had passed
        self.faults._counts.clear()
        before = log_file().read_text("utf-8").count(WORDS)
        with broken(cast(FunctionType, Live.drain)):
            for _ in range(count):
                self.carrier.call(Live.drain, self.window.live)
            settle()
        reports = [each for each in self.window.findChildren(Report) if _is_told(each)]
        counted = int("".join(filter(str.isdigit, reports[0].advice.text())) or 0)
        for report in reports:
            report.accept()
        logged = log_file().read_text("utf-8").count(WORDS) - before
        return {"dialogs": len(reports), "counted": counted, "logged": logged}

    def switch_off(self) -> dict[str, int]:
        """Each view fails three times while it is drawn, and one while its colorbar is painted by Qt; then the next run
        is drawn again."""
        found = {"views": 0, "off": 0, "said": 0, "others off": 0, "again": 0}
        views, full = self.window.desk.views, nasty(np.array([-2.0]))
        self.window.desk.network.foresight.finish()
        for name, view in views.items():
            self.window.desk.bring(name)
            view.set_history(full)
            if view.absent():  # its picture needs more than there is here
                continue
            part = type(view).draw
            painted = view.findChildren(Colorbar) if name == PAINTED else []
            with broken(cast(FunctionType, Colorbar._paint_ticks if painted else part)):
                for _ in range(MOST):
                    view.draw_again()
                    for each in painted:
                        each.update()
                    settle(2 * TICK_MS)
                settle(2 * TICK_MS)
            found["views"] += 1
            found["off"] += view.failures.is_off
            found["said"] += any(
                label.text() == OFF and label.isVisible() for label in view.findChildren(QLabel)
            )
            found["others off"] += sum(each.failures.is_off for each in views.values()) - view.failures.is_off
            view.set_history(nasty(np.array([-1.0])))
            found["again"] += not view.failures.is_off and not view.absent() and view.plot.isVisible()
            for report in self.window.findChildren(Report):
                report.accept()
        return found


def _is_told(report: Report) -> bool:
    return report.isVisible() and report.sentence.text() == SENTENCE


def main() -> None:
    open_log()
    trial = Trial(Path(sys.argv[1]))
    trial.fill()
    tried = targets()
    trial.wrong |= {"told before": list(trial.faults._counts)} if trial.faults._counts else {}
    for target in tried:
        print(target, file=sys.stderr)
        trial.inject(target)
    steps = trial.train()
    trial.window.stage.show_desk()
    found = {"tried": Counter(each.kind for each in tried), "wrong": trial.wrong, "steps": steps}
    found |= {"thousand": trial.repeat(1000)}
    before = len(log_file().read_text("utf-8"))
    found["off"] = trial.switch_off()
    said = log_file().read_text("utf-8")[before:].splitlines()
    found["painters"] = [line for line in said if "aint" in line and " Qt: " in line]
    print(json.dumps(found | {"steps at the end": trial.train()}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
