"""A run in the thread that calls, with nobody between the session and the network."""

from collections import deque
from collections.abc import Collection, Iterator

from vgviewer.frames import QUANTITIES, Message, Wish
from vgviewer.runner.session import Session


def follow(session: Session, capture: Collection[str] = tuple(QUANTITIES)) -> Iterator[Message]:
    """Trains the session's experiment; the session has taken each message when it comes, and is answered what it wishes
    to know."""
    from vgviewer.engine import train

    wishes: deque[Wish] = deque()
    for message in train(session.experiment, capture, wishes):
        session.take(message)
        wish = session.wish()
        if wish is not None:
            wishes.append(wish)
        yield message
