"""U49: sound off by default.

There is none: nothing in the package can make a sound, and Qt's module for it is not installed with it.
"""

import importlib.util
from pathlib import Path

import vgviewer

LOUD = (
    "QSoundEffect",
    "QMediaPlayer",
    "QAudioOutput",
    "QtMultimedia",
    ".beep(",
    "winsound",
    "QtTextToSpeech",
)


def test_that_nothing_in_the_package_makes_a_sound() -> None:
    files = list(Path(vgviewer.__file__).parent.rglob("*.py"))
    assert len(files) > 200
    loud = [(file.name, word) for file in files for word in LOUD if word in file.read_text("utf-8")]
    assert loud == []


def test_that_the_module_for_it_is_not_there() -> None:
    assert importlib.util.find_spec("PySide6") is not None
    assert importlib.util.find_spec("PySide6.QtMultimedia") is None
