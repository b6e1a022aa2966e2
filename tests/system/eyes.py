"""The eyes of a test: what the watched program shows now, and where."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect

from tests.system.desktop import PATIENCE_S, POLL_S, until


@dataclass(frozen=True)
class Part:
    """A part of the screen, in px of the screen."""

    kind: str
    name: str
    text: str
    box: QRect
    has_focus: bool
    is_enabled: bool
    is_checked: bool

    @property
    def middle(self) -> QPoint:
        """Where to click."""
        return self.box.center()


class Eyes:
    """Everything is looked at anew, as the program shows it after the question was asked."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def look(self) -> list[Part]:
        """All that is seen now."""
        asked = time.monotonic()
        deadline = asked + PATIENCE_S
        while time.monotonic() < deadline:
            seen = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {"at": 0.0}
            if seen["at"] > asked:
                return [Part(**found | {"box": QRect(*found["box"])}) for found in seen["parts"]]
            time.sleep(POLL_S / 2)
        raise AssertionError("the program shows nothing new: it hangs, or has ended")

    def seen(self, name: str, kind: str = "") -> Part | None:
        """The first part of that name, or whose name begins with it up to `…`."""
        return next((part for part in self.look() if _is(part, name, kind)), None)

    def find(self, name: str, kind: str = "", patience_s: float = PATIENCE_S) -> Part:
        """Waits for it to be there, enabled, and at rest."""
        found: list[Part | None] = [None]

        def rests() -> bool:
            before, found[0] = found[0], self.seen(name, kind)
            return found[0] is not None and found[0] == before and found[0].is_enabled

        until(f"{kind or 'something'} named {name!r} is seen", rests, patience_s)
        assert found[0] is not None
        return found[0]

    def wait(self, what: str, check: Callable[[list[Part]], object], patience_s: float = PATIENCE_S) -> None:
        """Until what is seen is as `check` wants it."""
        until(what, lambda: check(self.look()), patience_s)

    def focus(self) -> str:
        """The name of what has it."""
        return next((part.name for part in self.look() if part.has_focus and part.name), "")


def names(parts: Iterable[Part], kind: str) -> list[str]:
    """Of all parts of a kind, as they are seen."""
    return [part.name for part in parts if part.kind == kind]


def fits(name: str, wanted: str) -> bool:
    """Whether it is called so; what ends in an ellipsis, and is not called so, tells the beginning."""
    return name == wanted or (wanted.endswith("…") and name.startswith(wanted[:-1].rstrip()))


def _is(part: Part, name: str, kind: str) -> bool:
    return fits(part.name, name) and (not kind or part.kind == kind)
