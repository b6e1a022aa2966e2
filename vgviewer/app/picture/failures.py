"""A picture that fails three times in a run is switched off, and says so; everything else goes on."""

import sys
from collections.abc import Callable

MOST = 3  # then it is no use to try again
OFF = (
    "This picture failed three times and is switched off; everything else goes on.\n"
    "What went wrong stands in the log. The next run draws it again."
)


class Failures:
    """How often drawing one picture has failed."""

    def __init__(self) -> None:
        self._count = 0

    @property
    def is_off(self) -> bool:
        """Whether it is not drawn any more."""
        return self._count >= MOST

    def attempt(self, draw: Callable[[], None]) -> None:
        """What fails is told as in any slot, and keeps nobody from drawing the other pictures."""
        try:
            draw()
        except Exception as error:
            self.note()
            sys.excepthook(type(error), error, error.__traceback__)

    def note(self) -> None:
        """Counts what failed elsewhere, while it was painted."""
        self._count += 1

    def forget(self) -> None:
        """For another run: what is drawn is another picture."""
        self._count = 0
