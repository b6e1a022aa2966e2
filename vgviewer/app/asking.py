"""What the visible views would have measured, and when a run is asked for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from vgviewer.frames import Frame, Message, Refused
from vgviewer.frames.inspections import KINDS
from vgviewer.frames.wishes import Wanted

INTERVAL_S = 1.0
PART = 10  # looking closely takes at most one part in so many of the time: it must not slow down what trains


@dataclass
class _Asked:
    at: float
    step: int
    is_answered: bool = False
    next_at: float = 0.0


class Asking:
    """One for each run. No wish is repeated before it is answered, nor for a step that has been looked at."""

    def __init__(self) -> None:
        self._asked: dict[Wanted, _Asked] = {}

    def due(self, wanted: Iterable[Wanted], step: int, now: float) -> list[Wanted]:
        """Which of the wanted are to be asked for now, after training step `step`; they count as asked."""
        due = [kind for kind in sorted(wanted) if self._is_due(self._asked.get(kind), step, now)]
        for kind in due:
            self._asked[kind] = _Asked(now, step)
        return due

    def take(self, message: Message, now: float) -> None:
        """Notes what has been answered, and how long it took."""
        if isinstance(message, Frame):
            kind: Wanted | None = "details" if message.details is not None else None
        else:
            kind = message.kind if isinstance(message, Refused) else KINDS.get(type(message))
        asked = self._asked.get(kind) if kind is not None else None
        if asked is not None and not asked.is_answered:
            asked.is_answered = True
            asked.next_at = now + max(INTERVAL_S, PART * (now - asked.at))

    @staticmethod
    def _is_due(asked: _Asked | None, step: int, now: float) -> bool:
        return asked is None or (asked.is_answered and step != asked.step and now >= asked.next_at)
