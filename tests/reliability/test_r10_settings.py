"""R10: whatever the file of preferences holds, the program starts, where it can be seen, and keeps what it found."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import boot, theme
from vgviewer.app.choices import Choices, Memory, Place
from vgviewer.app.desk import LAYOUTS, arranging
from vgviewer.app.placement import put, screens
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
from vgviewer.experiment import PresetError
from vgviewer.experiment.reading import parsed

SEED = 10
WHOLE_STARTS = 10  # with a window of their own; the others share one
STRANGE = (None, True, -1, 1e308, 2**70, "", "x" * 5000, "\x00", "../../etc/passwd", [], [[]], {}, {"x": 1})
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def good(qtbot: QtBot, tmp_path: Path) -> bytes:
    """A file in which every value is another one than at the first start."""
    window = make_window(qtbot, tmp_path)
    window.show()
    window.preferences.choose(
        theme="dark", text_size=110, start_with="last", layout="build", alerts="critical"
    )
    window.preferences.remember(tmp_path / "a.vgnet.json")
    window.preferences.folder = tmp_path
    for layout in LAYOUTS.values():
        window.desk.change_to(layout)
    window.desk.panes["inspector"].setFloating(True)
    window.document.let_go()
    window.close()
    return window.preferences.file.read_bytes()


def mutant(good: bytes, dice: random.Random) -> bytes:
    """Bits flipped, a piece cut out, put in twice or lost at the end, or a value of another type."""
    content, way = bytearray(good), dice.randrange(6)
    here, length = dice.randrange(len(content)), dice.choice((1, 3, 20, 500))
    match way:
        case 0:
            for _ in range(dice.choice((1, 1, 4, 64))):
                content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        case 1:
            del content[here : here + length]
        case 2:
            content[here:here] = content[dice.randrange(len(content)) :][:length]
        case 3:
            del content[here:]
        case 4:
            content[here : here + length] = dice.randbytes(length)
        case 5:
            return swapped(good, dice)
    return bytes(content)


def swapped(good: bytes, dice: random.Random) -> bytes:
    whole = json.loads(good)
    part: Any = whole
    while True:
        key = dice.choice(list(part)) if isinstance(part, dict) else dice.randrange(len(part))
        if not (isinstance(part[key], dict | list) and part[key]) or dice.random() < 0.2:
            break
        part = part[key]
    part[key] = dice.choice(STRANGE)
    return json.dumps(whole).encode()


def fell_back(preferences: Preferences, before: Preferences, content: bytes) -> bool:
    """Whether something that stands in the file is a default all the same."""
    try:
        whole, problems = parsed(content, "the file")
    except PresetError:
        return True
    for name, model, now, then in (
        ("choices", Choices, preferences.choices, before.choices),
        ("memory", Memory, preferences.memory, before.memory),
    ):
        part = whole.get(name) if isinstance(whole, dict) else None
        if not isinstance(part, dict):
            return True
        start = model()
        for field in model.model_fields:
            is_default = getattr(now, field) == getattr(start, field) != getattr(then, field)
            stands = part.get(field) is not None and part[field] != json.loads(start.model_dump_json()).get(
                field
            )
            if field in part and is_default and stands and part[field] not in ("", [], {}):
                return True
    return bool(problems)


def is_in_sight(rect: QRect) -> bool:
    return any(screen.intersects(rect) for screen in screens())


def test_that_a_damaged_file_of_preferences_stops_nobody(
    qtbot: QtBot,
    good: bytes,
    tmp_path: Path,
    count: Callable[[int], int],
    scoreboard: Callable[..., bool],
    qapp: QApplication,
) -> None:
    file, corrupt = tmp_path / "mutated.json", tmp_path / "mutated.json.corrupt"
    file.write_bytes(good)
    before, dice, tried = Preferences(file), random.Random(SEED), count(1000)
    assert not corrupt.exists()
    window, widget = make_window(qtbot, tmp_path / "window"), QWidget()
    qtbot.addWidget(widget)
    window.show()
    damaged = out_of_sight = lost = 0
    for _ in range(tried):
        content = mutant(good, dice)
        file.write_bytes(content)
        corrupt.unlink(missing_ok=True)
        preferences = Preferences(file)
        if fell_back(preferences, before, content):
            damaged += 1
            lost += not corrupt.exists() or corrupt.read_bytes() != content
        put(widget, preferences.memory.window or Place(x=0, y=0, width=800, height=600))
        out_of_sight += not is_in_sight(widget.geometry())
        for text in preferences.memory.arrangements.values():
            arranging.unpack(window.desk, window.desk.panes, text)
        floating = [pane for pane in window.desk.panes.values() if pane.isFloating()]
        out_of_sight += sum(not is_in_sight(pane.geometry()) for pane in floating)
    assert damaged > tried / 4, "the mutants are too tame"
    value = {"tried": tried, "damaged": damaged, "copies lost": lost, "out of sight": out_of_sight}
    target = "1,000 mutated files: starts, .corrupt copy kept, window and panes on a visible screen"
    assert scoreboard("R10", target, value, lost == 0 and out_of_sight == 0, SEED)


def test_that_a_whole_window_opens_on_each_of_some_damaged_files(
    qtbot: QtBot, good: bytes, tmp_path: Path, qapp: QApplication
) -> None:
    dice = random.Random(SEED + 1)
    for number in range(WHOLE_STARTS):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "settings.ini").write_bytes(mutant(good, dice))
        window: Window = make_window(qtbot, folder)
        boot.place(window)
        window.show()
        window.open_first(None)
        QApplication.processEvents()
        assert is_in_sight(window.frameGeometry())
        assert window.desk.network.canvas.isVisibleTo(window.desk)
        window.document.let_go()
        window.close()
    theme.enlarge(1.0)
    theme.apply(qapp, theme.LIGHT)
