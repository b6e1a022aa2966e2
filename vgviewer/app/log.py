"""The log file: what Qt warns of and what went wrong, bounded in size."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

LARGEST_LOG = 500_000  # bytes, twice: the file before is kept
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

log = logging.getLogger("vgviewer")


def log_file() -> Path:
    """Where the log lies."""
    return user_log_path("vgviewer", appauthor=False) / "vgviewer.log"


def open_log() -> None:
    """Writes to the file from now on, Qt's messages too; without a place to write to, to nowhere."""
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    qInstallMessageHandler(_note)


def _note(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) and sys.stderr is not None:
        print(f"vgviewer: {text}", file=sys.stderr)  # the program may be about to end
    log.log(LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
