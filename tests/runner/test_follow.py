"""What a picture needs is looked at closely at the first and at the last step."""

import pytest

from tests.engine.cases import LAST, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer.frames import Frame
from vgviewer.frames.inspections import Reach
from vgviewer.runner import Session, follow


def told(steps: int, *wanted: str) -> tuple[list[int], list[int]]:
    """At which steps details came, and at which the reach."""
    session = Session(experiment_of(preset(layer("rnn", units=3), LAST, steps=steps)))
    messages = list(follow(session, wanted=wanted))  # type: ignore[arg-type]
    details = [m.step for m in messages if isinstance(m, Frame) and m.details is not None]
    return details, [m.step for m in messages if isinstance(m, Reach)]


@pytest.mark.parametrize(("steps", "at"), [(1, [0]), (2, [0, 1]), (9, [0, 8])])
def test_that_details_and_inspections_come_at_the_first_and_the_last_step(steps: int, at: list[int]) -> None:
    assert told(steps, "details", "reach") == (at, at)


def test_that_nothing_is_looked_at_that_nobody_wants() -> None:
    assert told(5) == ([], [])
