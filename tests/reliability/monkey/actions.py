"""What a monkey does with a window. Each action takes the window and dice, and says what it does before it does it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from tests.reliability.monkey import hostile
from tests.reliability.monkey.keyboard import CONTROL, strike, type_out
from vgviewer.app.commands import COMMANDS
from vgviewer.app.desk.layouts import LAYOUTS
from vgviewer.app.window import Window
from vgviewer.experiment import shipped

KEY_NAMES = """
    Tab Backtab Return Escape Space Delete Backspace Up Down Left Right Home End PageUp PageDown Menu Insert
    F1 F2 F3 F5 F6 F10 F11 Plus Minus Comma Period Question Slash A B D F G I K M N P R S T W Z 0 1 2 3 4 5 9
"""
KEYS = [getattr(Qt.Key, f"Key_{name}") for name in KEY_NAMES.split()]
MODIFIERS = [Qt.KeyboardModifier.NoModifier] * 6 + [
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
]
LEFT = Qt.MouseButton.LeftButton
BUTTONS = [LEFT] * 8 + [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton]
SMALLEST, LARGEST = QSize(200, 150), QSize(2500, 1600)
FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QComboBox)
COUNTED = ("step", "step_10", "step_100", "train", "reset", "train_anew")


@dataclass
class Hand:
    """What an action may use."""

    window: Window
    dice: random.Random
    files: list[Path]
    say: Callable[[str], None]
    held: list[object] = field(default_factory=list)  # what Qt is given and does not own

    @property
    def front(self) -> QWidget:
        """The window that a person could use now: a menu, a dialog, the main window or one that floats."""
        first = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if first is not None:
            return first
        shown = [w for w in self.window.findChildren(QWidget) if w.isWindow() and w.isVisible()]
        return self.dice.choice([self.window] * 4 + shown[:4])

    def widget(self, *kinds: type[QWidget]) -> QWidget | None:
        """One that can be seen in the front window."""
        front = self.front
        found = [w for w in front.findChildren(QWidget) if w.isVisible() and not w.visibleRegion().isEmpty()]
        if kinds:
            found = [w for w in found if isinstance(w, kinds)]
        elif not found:
            found = [front]
        return self.dice.choice(found) if found else None

    def point(self, widget: QWidget) -> QPoint:
        """Somewhere in it, its edges and its middle more often."""
        box, dice = widget.rect(), self.dice
        return dice.choice(
            [
                box.center(),
                box.topLeft(),
                box.bottomRight(),
                *[QPoint(dice.randint(0, max(0, box.width())), dice.randint(0, max(0, box.height())))] * 4,
            ]
        )

    def at(self, widget: QWidget) -> tuple[QWindow, QPoint] | None:
        """The system's window around a widget, and a point of the widget in it."""
        window = widget.window().windowHandle()
        point = widget.mapTo(widget.window(), self.point(widget))
        is_there = window is not None and QRect(QPoint(), window.size()).contains(point)
        return (window, point) if is_there else None


def named(widget: QWidget) -> str:
    """A widget in the log."""
    name = widget.objectName() or widget.accessibleName() or getattr(widget, "text", str)() or ""
    return f"{type(widget).__name__} {str(name)[:40]!r}"


def command(hand: Hand) -> None:
    """By name, as the palette does, where it is enabled."""
    chosen = hand.dice.choice([each for each in COMMANDS if each.id != "quit"])
    hand.say(f"command {chosen.id}")
    hand.window.commands[chosen.id].trigger()


def train(hand: Hand) -> None:
    """Start, pause, step, reset."""
    chosen = hand.dice.choice(COUNTED)
    hand.say(f"command {chosen}")
    hand.window.commands[chosen].trigger()


def click(hand: Hand) -> None:
    widget = hand.widget()
    found = hand.at(widget) if widget is not None else None
    if widget is None or found is None:
        return
    button, modifier = hand.dice.choice(BUTTONS), hand.dice.choice(MODIFIERS)
    hand.say(f"{button.name} on {named(widget)} at {found[1].toTuple()} {modifier.name}")
    QTest.mousePress(found[0], button, modifier, found[1])
    if isValid(found[0]):
        QTest.mouseRelease(found[0], button, modifier, inside(*found))


def double_click(hand: Hand) -> None:
    widget = hand.widget()
    found = hand.at(widget) if widget is not None else None
    if widget is None or found is None:
        return
    hand.say(f"double click on {named(widget)} at {found[1].toTuple()}")
    QTest.mouseDClick(found[0], LEFT, Qt.KeyboardModifier.NoModifier, found[1])


def drag(hand: Hand) -> None:
    """From one widget to another one of the same window."""
    start, goal = hand.widget(), hand.widget()
    found = hand.at(start) if start is not None else None
    if start is None or goal is None or found is None or goal.window() is not start.window():
        return
    window, begin = found
    end = inside(window, goal.mapTo(goal.window(), hand.point(goal)))
    hand.say(f"drag from {named(start)} {begin.toTuple()} to {named(goal)} {end.toTuple()}")
    QTest.mousePress(window, LEFT, Qt.KeyboardModifier.NoModifier, begin)
    try:
        for part in (0.1, 0.5, 0.9, 1.0):
            point = QPointF(begin) + (QPointF(end) - QPointF(begin)) * part
            QTest.mouseMove(window, inside(window, point.toPoint()))
    finally:
        if isValid(window):
            QTest.mouseRelease(window, LEFT, Qt.KeyboardModifier.NoModifier, inside(window, end))


def inside(window: QWindow, point: QPoint) -> QPoint:
    """The nearest point of a window, which may have become smaller under the hand: QTest warns of others."""
    return QPoint(min(point.x(), window.width() - 1), min(point.y(), window.height() - 1))


def move(hand: Hand) -> None:
    widget = hand.widget()
    found = hand.at(widget) if widget is not None else None
    if widget is None or found is None:
        return
    hand.say(f"pointer to {named(widget)} at {found[1].toTuple()}")
    QTest.mouseMove(*found)


def wheel(hand: Hand) -> None:
    widget = hand.widget()
    found = hand.at(widget) if widget is not None else None
    if widget is None or found is None:
        return
    notches, modifier = hand.dice.choice([-10, -3, -1, 1, 3, 10]), hand.dice.choice(MODIFIERS)
    hand.say(f"wheel {notches} on {named(widget)} {modifier.name}")
    QTest.wheelEvent(found[0], found[1], QPoint(0, 120 * notches), QPoint(), modifier)


def key(hand: Hand) -> None:
    front = hand.front
    chosen, modifier = hand.dice.choice(KEYS), hand.dice.choice(MODIFIERS)
    hand.say(f"key {chosen.name} {modifier.name} to {named(front)}")
    strike(front, chosen, modifier)


def write(hand: Hand) -> None:
    """Junk in a field, typed or pasted, and perhaps confirmed."""
    widget = hand.widget(*FIELDS)
    if widget is None or not widget.isEnabled():
        return
    text, front = hand.dice.choice(hostile.JUNK), widget.window()
    widget.setFocus()
    if not widget.hasFocus():
        return
    strike(front, Qt.Key.Key_A, CONTROL)
    if hand.dice.random() < 0.5:
        hand.say(f"types {text[:40]!r} in {named(widget)}")
        type_out(front, text[:40])
    else:
        hand.say(f"pastes {text[:40]!r} in {named(widget)}")
        QGuiApplication.clipboard().setText(text)
        strike(front, Qt.Key.Key_V, CONTROL)
    if hand.dice.random() < 0.7:
        strike(front, hand.dice.choice([Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape]))


def paste(hand: Hand) -> None:
    """Anything, into the network."""
    kind = hand.dice.randint(0, 100)
    hand.say(f"pastes kind {kind} into the network")
    QGuiApplication.clipboard().setMimeData(hostile.dropped(hand.dice.choice(hand.files), kind))
    hand.window.layer_edits.paste()


def drop(hand: Hand) -> None:
    """Something from outside onto the window or a part of it."""
    widget = hand.dice.choice([hand.window, hand.widget() or hand.window])
    path, kind = hand.dice.choice(hand.files), hand.dice.randint(0, 100)
    data = hostile.dropped(path, kind)
    hand.say(f"drops kind {kind} of {path.name[:40]!r} on {named(widget)}")
    given = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    point = hand.point(widget)
    enter = QDragEnterEvent(point, *given)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(point), *given))


def resize(hand: Hand) -> None:
    size = QSize(
        hand.dice.randint(SMALLEST.width(), LARGEST.width()),
        hand.dice.randint(SMALLEST.height(), LARGEST.height()),
    )
    front = hand.dice.choice([hand.window, hand.window, hand.front])
    hand.say(f"resizes {named(front)} to {size.toTuple()}")
    front.resize(size)


def show_state(hand: Hand) -> None:
    """Maximized, minimized, full screen, normal."""
    chosen = hand.dice.choice(
        ["showMaximized", "showNormal", "showMinimized", "showFullScreen", "showNormal"]
    )
    hand.say(chosen)
    getattr(hand.window, chosen)()


def dress(hand: Hand) -> None:
    """Another theme, another size of texts."""
    chosen = hand.dice.choice(["light", "dark", "contrast", "system", "larger", "smaller", "normal"])
    hand.say(f"command {chosen}")
    hand.window.commands[chosen].trigger()


def arrange(hand: Hand) -> None:
    """Another layout, or one pane shown, hidden, floating, at another side."""
    desk, dice = hand.window.desk, hand.dice
    name = dice.choice(sorted(desk.panes))
    pane = desk.panes[name]
    match dice.randint(0, 4):
        case 0:
            hand.say("another layout")
            desk.change_to(LAYOUTS[dice.choice(sorted(LAYOUTS))])
        case 1:
            hand.say(f"shows or hides {name}")
            pane.toggleViewAction().trigger()
        case 2:
            hand.say(f"floats or docks {name}")
            pane.setFloating(not pane.isFloating())
        case 3:
            hand.say(f"brings {name}")
            desk.bring(name)
        case _:
            side = dice.choice(list(Qt.DockWidgetArea)[1:5])
            hand.say(f"{name} to {side.name}")
            desk.addDockWidget(side, pane)


def open_preset(hand: Hand) -> None:
    chosen = hand.dice.choice(shipped())
    hand.say(f"opens preset {chosen.id}")
    hand.window.files.open_preset(chosen.id)


def open_file(hand: Hand) -> None:
    path = hand.dice.choice(hand.files)
    hand.say(f"opens {path.name[:60]!r}")
    hand.window.files.open_path(path)


def turn(hand: Hand) -> None:
    """A slider, a combo box or a tab; else a knob of the run."""
    widget = hand.widget(QSlider, QComboBox, QTabBar, QAbstractSlider)
    if isinstance(widget, QAbstractSlider) and widget.isEnabled():
        hand.say(f"turns {named(widget)}")
        widget.setValue(hand.dice.randint(widget.minimum(), widget.maximum()))
    elif isinstance(widget, QComboBox) and widget.isEnabled() and widget.count():
        hand.say(f"chooses in {named(widget)}")
        widget.setCurrentIndex(hand.dice.randrange(widget.count()))
        widget.activated.emit(widget.currentIndex())
    elif isinstance(widget, QTabBar) and widget.count():
        hand.say(f"chooses a tab of {named(widget)}")
        widget.setCurrentIndex(hand.dice.randrange(widget.count()))
    elif hand.window.live.knobs is not None:
        name = hand.dice.choice(sorted(type(hand.window.live.knobs).model_fields))
        value = hand.dice.choice([0.0, 1e-9, 0.01, 1.0, 1e9, float("nan"), -1.0])
        hand.say(f"knob {name} to {value}")
        hand.window.live.change(name, value)


def add_layer(hand: Hand) -> None:
    """Small ones, so that runs stay short."""
    kind = hand.dice.choice(["dense", "rnn", "lstm", "gru", "last_step", "layer_norm", "flatten", "dropout"])
    hand.say(f"adds {kind}")
    hand.window.add_layer(kind)


def select(hand: Hand) -> None:
    """Something of the network."""
    places = ["input", "output", "training", "alert thresholds"]
    places += [layer.id for layer in hand.window.document.experiment.network.layers]
    place = hand.dice.choice(places)
    hand.say(f"selects {place}")
    hand.window.document.select(place)


def wait(hand: Hand) -> None:
    """A person looks."""
    milliseconds = hand.dice.randint(5, 60)
    hand.say(f"waits {milliseconds} ms")
    QTest.qWait(milliseconds)


def close(hand: Hand) -> None:
    """Closes the window; what comes next opens another one."""
    hand.say("closes the window")
    hand.window.close()


def close_front(hand: Hand) -> None:
    """Puts away what lies over the window."""
    front = hand.front
    if front is not hand.window:
        hand.say(f"closes {named(front)}")
        front.close()


ACTIONS: dict[Callable[[Hand], None], float] = {
    command: 16,
    train: 8,
    click: 22,
    double_click: 3,
    drag: 6,
    move: 5,
    wheel: 5,
    key: 10,
    write: 6,
    paste: 1.5,
    drop: 2,
    resize: 1.5,
    show_state: 0.7,
    dress: 0.3,
    arrange: 3,
    open_preset: 1,
    open_file: 1.5,
    turn: 4,
    add_layer: 2,
    select: 4,
    wait: 3,
    close: 0.15,
    close_front: 4,
}
"""How often each is drawn, in relation to the others."""

__all__ = ["ACTIONS", "Hand"]
