"""The whole job by real mouse and keys, and again without a mouse: five layers with a skip, a task, training, an alert,
why, a remedy, taken back, saved, and a picture exported; and how soon the first picture moves."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from tests.system.desktop import WHOLE, Desktop, desktop, missing_programs, until
from tests.system.eyes import Eyes, Part, fits, names
from vgviewer.experiment import Experiment, load

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
    pytest.mark.timeout(300),
]
ROOT = Path(__file__).parents[2]
BUILT = ["rnn1", "laststep1", "dense1", "dense2", "dense3"]
LABELS = ["RNN", "Last timestep", "Dense", "Dense", "Dense"]
SKIP_FROM, SKIP_TO = "laststep1", "dense2"
TASK = "Adding problem"
TRAINING_S = 120.0
MOST_TABS = 60
COLORS_OF_TEXT = 64  # at most, with all shades at the edges of letters
MOVED = 4  # pictures unlike each other: empty, waiting, and then drawn anew
MOST_TURNS = 12
WHOLE_HEIGHT = 20  # px, of what can be clicked at ease


class Person:
    """Sees the screen, and has a hand on the mouse and two on the keys."""

    def __init__(self, screen: Desktop, eyes: Eyes) -> None:
        self.screen, self.eyes = screen, eyes

    def click(self, name: str, kind: str = "", patience_s: float = 30.0) -> None:
        """On what is called so, when it is there."""
        self.screen.click(self.eyes.find(name, kind, patience_s).middle)

    def turn_to(self, name: str, kind: str, over: Part) -> Part:
        """Turns the wheel over something, down to its end and up again, until the other is seen whole."""
        for turn in range(2 * MOST_TURNS):
            found = self.eyes.seen(name, kind)
            if found is not None and found.box.height() >= WHOLE_HEIGHT:
                return self.eyes.find(name, kind)
            self.screen.turn_wheel(over.middle, 1 if turn < MOST_TURNS else -1)
        raise AssertionError(f"{name} is nowhere in {over.name}")

    def go_to(self, name: str, key: str = "Tab") -> None:
        """Presses a key until the focus is there."""
        for _ in range(MOST_TABS):
            if fits(self.eyes.focus(), name):
                return
            self.screen.press(key)
        raise AssertionError(f"{key} never leads to {name}")

    def menu(self, menu: str, entry: str) -> None:
        """Chooses by mouse."""
        self.click(menu, "Entry")
        self.click(entry, "Entry")

    def answer_with(self, path: Path) -> None:
        """Types the name of a file where it is asked for."""
        self.eyes.find("Save", "QFileDialog")
        self.screen.press("ctrl+a")
        self.screen.type(str(path))
        self.screen.picture("file")
        self.screen.press("Return")
        until(f"{path.name} is there", lambda: path.exists() and path.stat().st_size > 0)

    def wait_for_block(self, place: str) -> None:
        """Until it is on the canvas."""
        self.eyes.wait(f"{place} is on the canvas", lambda parts: place in names(parts, "Block"))


@contextmanager
def sitting(name: str) -> Iterator[Person]:
    """Before a screen with the program just launched; afterwards all is gone."""
    pictures = Path(tempfile.mkdtemp(prefix=f"vgviewer-{name}-"))
    print(f"pictures: {pictures}")
    (pictures / "home").mkdir()
    state = pictures / "seen.json"
    with desktop(pictures, pictures / "home") as screen:
        command = [sys.executable, "-m", "tests.system.watched", str(state)]
        with subprocess.Popen(
            command, cwd=ROOT, env=screen.variables, stderr=subprocess.PIPE, text=True
        ) as program:
            try:
                person = Person(screen, Eyes(state))
                screen.look_for("vgviewer")
                screen.window = WHOLE
                yield person
                screen.press("ctrl+q")
                _, complaints = program.communicate(timeout=30)
                assert (program.returncode, complaints) == (0, "")
            finally:
                if program.poll() is None:
                    screen.picture("at-the-end")
                    program.kill()


def colors(image: QImage) -> int:
    """How many there are."""
    columns, rows = range(0, image.width(), 5), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in columns for y in rows})


def has_text(parts: list[Part], words: str) -> bool:
    """Whether these words stand anywhere."""
    return any(words in part.text for part in parts)


def check_kept(preset: Path, picture: Path) -> None:
    """What is on disk is what was built, without the remedy, and a picture of it."""
    experiment: Experiment = load(preset)
    assert experiment.task.label == TASK
    layers = experiment.network.layers
    assert [layer.id for layer in layers if layer.type != "skip"] == BUILT
    (skip,) = [layer for layer in layers if layer.type == "skip"]
    assert skip.source == SKIP_FROM
    assert [layer.id for layer in layers].index(skip.id) == BUILT.index(SKIP_TO) + 1
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1600, 900)
    assert colors(image) > COLORS_OF_TEXT  # a gradient's, not those of words alone


def drag_in(person: Person, label: str, place: str) -> None:
    """From the palette to before the output."""
    screen, eyes = person.screen, person.eyes
    row = person.turn_to(label, "Row", eyes.find("Layer types"))
    canvas = eyes.find("Network", "Canvas")
    last = [part for part in eyes.look() if part.kind == "Block" and part.name != "output"][-1]
    gap = QPoint(min(last.box.right() + 12, canvas.box.right() - 4), last.middle.y())
    screen.drag(row.middle, gap)
    person.wait_for_block(place)


def read_alert(person: Person) -> None:
    """Trains until there is something to read, then lets it rest."""
    eyes = person.eyes
    eyes.wait("it trains", lambda parts: "Pause" in names(parts, "QPushButton"))
    eyes.wait("an alert is there", lambda parts: names(parts, "AlertCard"), TRAINING_S)
    person.screen.picture("alert")


def wait_for_remedy(person: Person) -> None:
    """Until the network is another one, and it is said."""
    eyes = person.eyes
    eyes.wait("the remedy is applied", lambda parts: has_text(parts, "applied."))
    eyes.wait("the plain layer has gone", lambda parts: "rnn1" not in names(parts, "Block"))
    person.screen.picture("remedy")


def test_that_the_whole_job_is_done_with_mouse_and_keys(tmp_path: Path) -> None:
    preset, picture = tmp_path / "mine.vgnet.json", tmp_path / "mine.png"
    with sitting("mouse") as person:
        screen, eyes = person.screen, person.eyes
        person.click("Start Empty")
        eyes.wait("the canvas is empty", lambda parts: names(parts, "Block") == ["input", "output"])
        screen.picture("empty")
        person.click("input", "Block")
        person.click("Task", "QComboBox")
        screen.click(eyes.find(TASK, "Row").middle)
        eyes.wait("the task is another", lambda parts: has_text(parts, TASK))
        screen.picture("task")
        for label, place in zip(LABELS, BUILT, strict=True):
            drag_in(person, label, place)
        screen.picture("five-layers")
        screen.drag(eyes.find(SKIP_FROM, "Handle").middle, eyes.find(SKIP_TO, "Block").middle)
        eyes.wait("the skip is drawn", lambda parts: "skip1" in names(parts, "Block"))
        screen.picture("skip")
        person.click("Train", "QPushButton")
        read_alert(person)
        card = eyes.find("Vanishing…", "AlertCard")
        screen.click(QPoint(card.box.center().x(), card.box.top() + 20))
        person.click("Why …", "Disclosure")
        tried = person.turn_to("Apply: …", "QPushButton", eyes.find("Alerts", "AlertList"))
        screen.picture("why")
        screen.click(tried.middle)
        wait_for_remedy(person)
        person.menu("Edit", "Undo …")
        eyes.wait("the plain layer is back", lambda parts: "rnn1" in names(parts, "Block"))
        screen.picture("undone")
        person.menu("File", "Save")
        person.answer_with(preset)
        assert names(eyes.look(), "AlertCard")  # saving leaves the run as it is
        person.click("Figure")
        screen.click(eyes.find("Save…", "QPushButton").middle)
        person.answer_with(picture)
        screen.picture("exported")
        person.click("Reset", "QPushButton")  # or it asks whether the run may end
    check_kept(preset, picture)


def test_that_the_whole_job_is_done_without_a_mouse(tmp_path: Path) -> None:
    preset, picture = tmp_path / "mine.vgnet.json", tmp_path / "mine.png"
    with sitting("keys") as person:
        screen, eyes = person.screen, person.eyes
        eyes.find("Start Empty")
        screen.press("ctrl+n")
        eyes.wait("the canvas is empty", lambda parts: names(parts, "Block") == ["input", "output"])
        screen.press("Home", "Return")
        person.go_to("Task", "shift+Tab")
        screen.press("alt+Down")
        eyes.find(TASK, "Row")
        screen.type(TASK)
        screen.picture("task")
        screen.press("Return")
        eyes.wait("the task is another", lambda parts: has_text(parts, f"{TASK}, 100 timesteps"))
        person.go_to("Find a layer", "F6")
        for label, place in zip(LABELS, BUILT, strict=True):
            screen.press("ctrl+a")
            screen.type(label)
            eyes.wait(f"{label} is found", lambda parts, label=label: found_first(parts) == label)
            screen.press("Return")
            person.wait_for_block(place)
        screen.picture("five-layers")
        person.go_to("Network", "F6")
        walk_to(person, SKIP_FROM)
        screen.press("ctrl+k")
        screen.picture("linking")
        screen.press("Return")
        eyes.wait("the skip is drawn", lambda parts: "skip1" in names(parts, "Block"))
        screen.picture("skip")
        screen.press("space")
        read_alert(person)
        person.go_to("Vanishing…", "F6")
        screen.press("Return")
        person.go_to("Why …")
        screen.press("Return")
        person.go_to("Apply: …")
        screen.picture("why")
        screen.press("Return")
        wait_for_remedy(person)
        screen.press("ctrl+z")
        eyes.wait("the plain layer is back", lambda parts: "rnn1" in names(parts, "Block"))
        screen.picture("undone")
        screen.press("ctrl+s")
        person.answer_with(preset)
        assert names(eyes.look(), "AlertCard")  # saving leaves the run as it is
        screen.press("ctrl+shift+e")
        eyes.find("Export picture", "ExportDialog")
        screen.picture("export")
        screen.press("Return")
        person.answer_with(picture)
        screen.picture("exported")
        screen.press("ctrl+shift+r")
    check_kept(preset, picture)


def found_first(parts: list[Part]) -> str:
    """The first layer type below the head of its group."""
    view = next(part for part in parts if part.kind == "KindList")
    return [part.name for part in parts if part.kind == "Row" and view.box.contains(part.middle)][1]


def walk_to(person: Person, place: str) -> None:
    """From block to block."""
    for _ in range(MOST_TABS):
        block = person.eyes.find(place, "Block")
        if block.is_checked:
            return
        person.screen.press("Left")
    raise AssertionError(f"Left never leads to {place}")


def test_that_the_first_heatmap_moves_after_a_click() -> None:
    with sitting("launch") as person:
        screen, eyes = person.screen, person.eyes
        person.click("Train RNN forgets a long lag", "QPushButton")  # the only click
        eyes.wait("it trains", lambda parts: "Pause" in names(parts, "QPushButton"))
        heatmap = eyes.find("Gradient through time").box
        pictures: list[QImage] = []

        def moves() -> bool:
            now = screen.part(heatmap)
            if now not in pictures:
                pictures.append(now)
            return len(pictures) > MOVED

        until("the heatmap moves", moves)
        screen.picture("moving")
        screen.press("space")
        eyes.wait("it rests", lambda parts: "Pause" not in names(parts, "QPushButton"))
        screen.press("ctrl+shift+r")
