"""What is remembered: run files, written while a run goes on, and read at any of its steps."""

from vgviewer.recording.codec import Damaged
from vgviewer.recording.recorder import ENDING, Recorder, remark
from vgviewer.recording.recording import BadRun, Recording
from vgviewer.recording.records import Bookmark, Remarks

__all__ = [
    "ENDING",
    "BadRun",
    "Bookmark",
    "Damaged",
    "Recorder",
    "Recording",
    "Remarks",
    "remark",
]
