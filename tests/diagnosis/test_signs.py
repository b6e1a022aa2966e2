"""What the newest frame tells of troubles that are not of hops."""

import math

import numpy as np
import pytest

from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.causes import signs
from vgviewer.experiment import AlertKind
from vgviewer.frames import Frame, Site, Started

SITES = (Site("dense1", "dense", has_weights=True), Site("dense2", "dense", has_weights=True))
STARTED = Started(SITES, 0, 10, "mse")


def told(kind: AlertKind, **readings: list[float]) -> str | None:
    frame = Frame(3, 1.0, readings={name: np.array(row, np.float32) for name, row in readings.items()})
    alert = Alert(kind, None, "dense2", None, 0, None, "warning", 1e-6, 1e-3, "A message.")
    cause = signs(alert, STARTED, frame)
    return None if cause is None else cause.text


def test_that_signs_in_the_newest_frame_add_to_what_a_message_says() -> None:
    assert told("dead_units") == (
        "A dead unit passes no gradient on and gets none, so it does not come back by itself."
    )
    assert "; 75% of the gradient that arrives in dense1 is exactly 0." in str(
        told("dead_units", output_gradient_zeros=[0.75, 0.1])
    )
    assert "Inputs of size 10.00 and weights of size 0.10 push" in str(
        told("saturated", output=[1, 0], weight=[0, -1])
    )
    assert "The steps are too small: the largest, in dense2, changes the weights by 10⁻⁷·⁰" in str(
        told("not_learning", update_ratio=[-8, -7])
    )
    assert "It is not for want of steps: in dense1 one changes the weights by 10⁻³·⁰" in str(
        told("not_learning", update_ratio=[-3, -7])
    )
    assert told("exploding", update_ratio=[0, -3]) == (
        "The steps are too large: one changes the weights of dense1 by 1.00 of their size."
    )


@pytest.mark.parametrize("kind", ["saturated", "not_learning", "exploding", "weights_growing", "cut_off"])
def test_that_nothing_is_made_up_where_the_frame_tells_nothing(kind: AlertKind) -> None:
    assert told(kind) is None
    assert told(kind, update_ratio=[math.nan, math.nan], output=[math.nan] * 2, weight=[math.nan] * 2) is None


def test_that_small_steps_are_no_cause_of_an_explosion() -> None:
    assert told("exploding", update_ratio=[-3, -3]) is None


def test_that_units_are_said_to_be_dead_of_a_large_step_where_there_was_one() -> None:
    alert = Alert("dead_units", None, "dense2", None, 8, None, "warning", 0.9, 0.6, "A message.")
    texts = [signs(alert, STARTED, Frame(8, 1.0), ("dense1", ratio)) for ratio in (0.31, 0.01)]
    assert texts[0] is not None
    assert texts[0].text.startswith("One step changed the weights of dense1 by 0.31 of their size. ")
    assert texts[1] is not None
    assert "One step" not in texts[1].text


def test_that_large_steps_that_lead_nowhere_are_called_large() -> None:
    assert str(told("not_learning", update_ratio=[-1, -3])).startswith(
        "The steps may be too large: in dense1"
    )
