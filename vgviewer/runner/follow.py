"""A run in the thread that calls, with nobody between the session and the network."""

from collections import deque
from collections.abc import Collection, Iterator

from vgviewer.frames import QUANTITIES, Frame, Inspect, Look, Message, Started, Wish
from vgviewer.frames.wishes import Wanted
from vgviewer.runner.session import Session


def follow(
    session: Session, capture: Collection[str] = tuple(QUANTITIES), wanted: Collection[Wanted] = ()
) -> Iterator[Message]:
    """Trains the session's experiment; the session has taken each message when it comes, and is answered what it wishes
    to know.

    What is `wanted` is looked at closely at the last step, and at the first: a run may end before its last.
    """
    from vgviewer.engine import train

    wishes: deque[Wish] = deque()
    for message in train(session.experiment, capture, wishes):
        session.take(message)
        if _looks_next(message, session.experiment.training.steps):
            wishes += [Look() if kind == "details" else Inspect(kind) for kind in sorted(wanted)]
        wish = session.wish()
        if wish is not None:
            wishes.append(wish)
        yield message


def _looks_next(message: Message, steps: int) -> bool:
    if not isinstance(message, Started | Frame):
        return False
    coming = message.step + 1 if isinstance(message, Frame) else 0
    return coming in (0, steps - 1)
