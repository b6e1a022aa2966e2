"""Keys as a keyboard sends them: one event after the other, and none to a window that is gone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
WRITES = (PLAIN, Qt.KeyboardModifier.ShiftModifier)
HELD = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: CONTROL,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
}


def strike(front: QWidget, chosen: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, text: str = "") -> None:
    """A key down and up, with others held. As soon as an event has closed the window, a system has nobody to send the
    next to; QTest's own keyClick sends it there all the same, and crashes."""
    held = [key for key, flag in HELD.items() if flag & modifier]
    for is_down, keys in ((True, [*held, chosen]), (False, [chosen, *held[::-1]])):
        for each in keys:
            window = front.windowHandle() if isValid(front) and front.isVisible() else None
            if window is not None:
                words = (text or QTest.keyToAscii(each).strip("\0")) if modifier in WRITES else ""
                QTest.simulateEvent(window, is_down, each.value, modifier, words, False)


def type_out(front: QWidget, text: str) -> None:
    """Letter after letter, as far as a plain keyboard has them."""
    for letter in text:
        if " " <= letter <= "~":
            strike(front, Qt.Key(ord(letter.upper())), text=letter)
