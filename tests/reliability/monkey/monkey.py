"""Plays with a real window: what is done is drawn from a seed, what goes wrong is kept with what was done before."""

import ctypes
import gc
import random
import sys
import traceback
import weakref
from collections import Counter, deque
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from tests.reliability.monkey import hostile
from tests.reliability.monkey.actions import ACTIONS, Hand
from tests.reliability.monkey.dialogs import Clicker, answer_for_the_system
from tests.reliability.monkey.watch import Watch
from vgviewer import runner
from vgviewer.app import theme
from vgviewer.app.dress import wear
from vgviewer.app.faults import Faults
from vgviewer.app.garbage import Garbage
from vgviewer.app.preferences import Preferences
from vgviewer.app.recovery import Recovery
from vgviewer.app.window import Window

LOG = "actions.txt"
KEPT = 50  # actions in the log
LOOKS, LEAST_ROUND = 20, 250  # looks at the memory, each with a fresh window; actions between two
MOST_FOUND = 12  # different things; then it is time to mend
LEAVING_S = 5.0
TRIM = ctypes.CDLL(None).malloc_trim


class Monkey:
    """`act` makes one action; each has dice of its own, from the seed and its number."""

    def __init__(self, seed: int, count: int, folder: Path, application: QApplication) -> None:
        self._seed, self._folder, self._application = seed, folder, application
        self._round = max(LEAST_ROUND, count // LOOKS)
        self._dice = random.Random(seed)
        self.log: deque[str] = deque(maxlen=KEPT)
        self.found: dict[str, dict[str, Any]] = {}
        self.done: Counter[str] = Counter()
        self.memory: list[int] = []
        self.reopened = 0
        self._files = hostile.files(folder / "files")
        answer_for_the_system(folder, self._files, lambda: self._dice)
        wear(application, "light")
        self._watch = Watch(self._hear)
        self._clicker = Clicker(self._write)
        self._journal = (folder / LOG).open("w", encoding="utf-8", errors="replace")
        self._window: Window | None = None
        self._dropped: weakref.ref[Window] | None = None

    @property
    def is_fed_up(self) -> bool:
        """Whether enough is found."""
        return len(self.found) >= MOST_FOUND

    def warm_up(self) -> None:
        """What is loaded once: torch, a first run, a first window."""
        runner.warm_up().join()
        window = self._open()
        window.live.step()
        QTest.qWait(500)
        self._watch.begin()

    def act(self, number: int) -> None:
        """One action, and what the program makes of it."""
        window = self._open()
        self._dice = random.Random(f"{self._seed} {number}")
        (action,) = self._dice.choices(list(ACTIONS), list(ACTIONS.values()))
        self.done[action.__name__] += 1
        hand = Hand(window, self._dice, self._files, lambda words: self._write(f"{number}: {words}"))
        self._clicker.begin(self._dice)
        try:
            action(hand)
        except Exception as error:  # nobody else would see it
            if not of_the_hand(error):
                self._watch.hear_error(error)
        del hand
        self._application.processEvents()
        self._clicker.end()
        is_closed = not window.isVisible() and not window.isMinimized()
        del window
        if is_closed:
            self._drop()
        if (number + 1) % self._round == 0:
            self._look_at_memory()

    def end(self) -> dict[str, Any]:
        """What was found, for a report."""
        self._drop()
        self._clicker.stop()
        self._watch.end()
        return {
            "found": self.found,
            "actions": dict(self.done),
            "memory_MB": [round(each / 1e6, 1) for each in self.memory],
            "reopened": self.reopened,
            "longest_s": round(self._watch.longest_s, 2),
        }

    def _open(self) -> Window:
        if self._window is None:
            window = self._window = Window(Preferences(self._folder / "settings.json"))
            faults = Faults(window)
            faults.said.connect(window.guide.notifications.note)
            faults.install()
            self._watch.listen()
            self._recovery = Recovery(window, self._folder / "journals")
            Garbage(window).begin()
            window.show()
            window.open_first(None)
            self._recovery.ask()
            QTest.qWait(50)
        return self._window

    def _drop(self) -> None:
        """The window is closed, and gone."""
        if self._window is None:
            return
        window, self._window = self._window, None
        for dialog in window.findChildren(QDialog):
            dialog.reject()
        window.live.drop()
        window.document.let_go()
        window.close()
        window.live.stop(LEAVING_S)
        self._recovery.close()
        del self._recovery
        self._watch.forget()
        self.reopened += 1
        last = weakref.ref(window)
        # a timer or a thought may hold the last one a moment longer
        before, self._dropped = self._dropped, last
        window.deleteLater()
        del window
        self._application.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.unfreeze()  # a new window begins anew
        gc.collect()
        kept = before() if before is not None else None
        if kept is not None:
            self._hear("leak", f"the window lives on\n{holders(kept)}")

    def _look_at_memory(self) -> None:
        """With a fresh window of the same size, and nothing that is only waiting to be freed."""
        self._drop()
        theme.enlarge(1.0)
        Preferences(self._folder / "settings.json").reset()
        self._open()
        TRIM(0)
        self.memory.append(psutil.Process().memory_info().rss)
        self._watch.skip()

    def _write(self, line: str) -> None:
        """Also to a file: a crash leaves nothing else."""
        self.log.append(line)
        print(line, file=self._journal, flush=True)

    def _hear(self, kind: str, text: str) -> None:
        lines = text.strip().splitlines()
        # of a stall: where the window stood
        place = {"warning": 0, "leak": 0, "stall": min(2, len(lines) - 1)}.get(kind, -1)
        name = f"{kind}: {lines[place].strip()}"[:200]
        if name not in self.found:
            print(name, file=sys.stderr, flush=True)
        entry = self.found.setdefault(name, {"count": 0, "text": text[-6000:], "before": list(self.log)})
        entry["count"] += 1


def of_the_hand(error: Exception) -> bool:
    """Whether a finger is still on a window that its own key has closed."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return Path(last.filename).parent == Path(__file__).parent and "already deleted" in str(error)


def holders(kept: object) -> str:
    """What refers to it, as far as Python knows: a frame by its function, the rest by its kind."""
    found = [each for each in gc.get_referrers(kept) if each is not sys._getframe(1)]
    return "\n".join(
        each.f_code.co_qualname if isinstance(each, FrameType) else f"{type(each).__name__} {str(each)[:200]}"
        for each in found
    )
