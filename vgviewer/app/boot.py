"""Start and end of the program with a window: painted before torch is loaded, left with 0 whatever still runs."""

import ctypes
import importlib
import importlib.util
import logging
import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from vgviewer import __version__, runner
from vgviewer.app.arrivals import Application
from vgviewer.app.crashes import Crashes
from vgviewer.app.dress import wear
from vgviewer.app.faults import Faults
from vgviewer.app.garbage import Garbage
from vgviewer.app.heap import share_heap
from vgviewer.app.icons import icon
from vgviewer.app.log import log, open_log
from vgviewer.app.placement import put
from vgviewer.app.preferences import Preferences
from vgviewer.app.recovery import Recovery
from vgviewer.app.termination import Termination
from vgviewer.app.window import Window
from vgviewer.tasks.files import PATIENCE

WARM_CHECK_MS = 100
ICON = "chevrons-down"  # the picture of a vanishing gradient


def open_window(path: Path | None, is_safe: bool = False) -> int:
    """Shows the window with the file, or with what comes first, until it is closed; in safe mode the person's own
    preferences are neither read nor written."""
    share_heap()
    _load_torch_libraries_first()
    open_log()
    crashes = Crashes()
    application = Application(["vgviewer"])
    application.setApplicationName("vgviewer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("vgviewer")
    preferences = Preferences(is_safe=is_safe)
    wear(application, preferences.theme)
    application.setWindowIcon(icon(ICON, "#2660e6"))
    PATIENCE.waits = False  # this thread paints
    window = Window(preferences)
    faults = Faults(window)
    faults.said.connect(window.guide.notifications.note)
    faults.install()
    application.file_wanted.connect(window.files.open_path)
    recovery = Recovery(window, crash=crashes.last)
    termination = Termination(recovery.leave, window)
    warmth = Warmth(window)
    window.painted.connect(warmth.begin)
    window.painted.connect(recovery.ask)
    place(window)
    window.show()
    window.open_first(path)
    log.info("vgviewer %s has opened its window", __version__)
    _run(application)
    window.live.stop(0)
    recovery.close()
    termination.close()
    crashes.close()
    _leave_if_torch_is_there()
    return 0


def _run(application: QApplication) -> None:
    """Until somebody ends it. Some faults of Python that Qt called within Python come out only here; they must not keep
    files from being closed."""
    try:
        application.exec()
    except Exception as error:
        sys.excepthook(type(error), error, error.__traceback__)


def place(window: Window) -> None:
    """Where the window stood at the last end, as far as that can be seen today."""
    before = window.preferences.memory.window
    if before is not None:
        put(window, before)


class Warmth(QObject):
    """Loads torch behind the painted window, so that the first run starts at once; then collects garbage."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._thread: threading.Thread | None = None
        self._garbage = Garbage(self)
        self._timer = QTimer(self, interval=WARM_CHECK_MS)
        self._timer.timeout.connect(self._check)

    def begin(self) -> None:
        """Once, after the first paint. The pictures' modules come first: the system loads one library at a time, and
        theirs would wait for torch's."""
        importlib.import_module("vgviewer.app.views")
        self._thread = runner.warm_up()
        self._window.show_loading(True)
        self._timer.start()

    def _check(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._timer.stop()
            self._garbage.begin()  # torch is here to stay
            self._window.show_loading(False)


def _leave_if_torch_is_there() -> None:
    """A thread inside torch can crash the interpreter's own end, and without one that end takes most of a second,
    to take apart what the system takes back at once; everything of ours is on the disk by now."""
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if not others and "torch" not in sys.modules:
        return
    if others:
        log.info("left while %s was still working", ", ".join(thread.name for thread in others))
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(0)


def _load_torch_libraries_first() -> None:
    """WORKAROUND for torch since 2.9 on Windows: imported after Qt, its c10.dll does not load. Untested there."""
    if sys.platform != "win32":
        return
    found = importlib.util.find_spec("torch")
    folders = found.submodule_search_locations if found else None
    for folder in folders or ():
        library = Path(folder) / "lib" / "c10.dll"
        if library.is_file():
            os.add_dll_directory(str(library.parent))
            ctypes.CDLL(str(library))
