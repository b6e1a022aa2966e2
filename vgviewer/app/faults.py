"""What nobody caught: written to the log, and said in one dialog however often it happens."""

import sys
import threading
import time
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QGraphicsItem, QWidget

from vgviewer.app.log import log, log_file
from vgviewer.app.numerals import counted
from vgviewer.app.report import Report

if TYPE_CHECKING:  # pictures are loaded after the first paint
    from vgviewer.app.views.view import View

QUIET_S = 60.0  # the same fault is not shown again so soon
AGAIN_MS = 500  # until what could not be told is tried again
MOST_LOGGED = 20  # of one fault; a slot that fails at every frame must not fill the disk
PAINTING = ("paint", "paintEvent")  # Qt's own names: called for as long as the picture is seen
LONGEST_REASON = 300  # characters of a fault's own words; the details have them all
SENTENCE = "Something went wrong inside vgviewer."
ADVICE = (
    "The window goes on, and your network is still open: save it now. The details help whoever mends this."
)


class Faults(QObject):
    """`came` crosses from any thread to the window's own: the fault's name, its own words, the whole trace."""

    came = Signal(str, str, str)
    said = Signal(str)  # for the history of messages

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._report: Report | None = None
        self._shown = ""
        self._counts: dict[str, int] = {}
        self._shown_at: dict[str, float] = {}
        self._same = self._others = 0
        self._telling = threading.local()
        self._owed: tuple[str, str, str] | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._tell)
        self.came.connect(self._show)

    def install(self) -> None:
        """Listens to the interpreter, its threads, and what fails while something is deleted."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(0)
            return
        self._note(error, trace)
        view = painted(trace)
        if view is not None:
            view.failures.note()
        let_go(trace)

    def _in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._note(arguments.exc_value, arguments.exc_traceback)

    def _unraisable(self, arguments: "sys.UnraisableHookArgs") -> None:
        if arguments.exc_value is not None:
            self._note(arguments.exc_value, arguments.exc_traceback)

    def _note(self, error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(type(error), error, trace))
        last = traceback.extract_tb(trace)[-1:]
        name = f"{type(error).__name__} at {last[0].filename}:{last[0].lineno}" if last else repr(error)
        count = self._counts[name] = self._counts.get(name, 0) + 1
        if count <= MOST_LOGGED:
            log.error("%s", details)
        is_telling = getattr(self._telling, "now", False)  # then telling itself has failed: the log has it
        if is_telling or not shiboken6.isValid(self):  # the hooks outlive the window
            return
        self._telling.now = True
        self.came.emit(name, in_words(error), details)
        self._telling.now = False

    def _show(self, name: str, words: str, details: str) -> None:
        if self._report is not None:
            self._same += name == self._shown
            self._others += name != self._shown
            self._report.say(f"{ADVICE}{self._counted()}")
        elif time.monotonic() - self._shown_at.get(name, -QUIET_S) >= QUIET_S:
            self._shown, self._same, self._others = name, 1, 0
            self._owed = self._owed or (name, words, f"{details}\nThe log is {log_file()}")
            self._tell()

    def _tell(self) -> None:
        """What cannot be told now, because the same fault breaks the dialog, is told later."""
        if self._owed is None:
            return
        name, words, details = self._owed
        self._again.start()
        if self._report is None:
            self._report = Report(
                self._window, "vgviewer", SENTENCE, ADVICE, details, reason=words, is_folded=True
            )
            self._report.finished.connect(self._forget)
        self._report.open()
        self._again.stop()
        self._owed = None
        self._shown_at[name] = time.monotonic()
        self.said.emit(f"{SENTENCE} {words}")

    def _counted(self) -> str:
        same = f"\nIt has happened {counted(self._same)} times." if self._same > 1 else ""
        others = f"\n{counted(self._others)} other faults stand in the log." if self._others else ""
        return same + others

    def _forget(self) -> None:
        self._again.stop()
        self._report = self._owed = None


def let_go(trace: TracebackType | None) -> None:
    """A painter that lives on in a frame would paint on what is gone; and the interpreter keeps the last trace for a
    debugger, with every frame that led to Qt, which would keep a closed window."""
    sys.last_type = sys.last_value = sys.last_traceback = None
    traceback.clear_frames(trace)
    for frame, _ in traceback.walk_tb(trace):
        dict(frame.f_locals)  # what was copied out of the frame goes when it is copied anew


def painted(trace: TracebackType | None) -> "View | None":
    """The view in which Qt wanted something to be painted, wherever in the trace: what fails comes out of the first
    Python that Qt was called by."""
    for frame, _ in traceback.walk_tb(trace):
        if frame.f_code.co_name in PAINTING:
            view = _view_of(frame.f_locals.get("self"))
            if view is not None:
                return view
    return None


def _view_of(part: object) -> "View | None":
    from vgviewer.app.views.view import View

    if isinstance(part, QGraphicsItem):
        shown_by = part.scene().views() if part.scene() else []
        part = shown_by[0] if shown_by else None
    while isinstance(part, QWidget) and not isinstance(part, View):
        part = part.parentWidget()
    return part if isinstance(part, View) else None


def in_words(error: BaseException) -> str:
    """Why, as far as the fault knows itself: one line."""
    try:
        said = " ".join(str(error).split())
    except Exception:  # it cannot even say its own words
        said = ""
    said = said if len(said) <= LONGEST_REASON else f"{said[:LONGEST_REASON]}…"
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
