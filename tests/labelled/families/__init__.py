"""All candidates for the labelled set, family by family."""

from collections.abc import Callable

from tests.labelled.building import Candidate
from tests.labelled.families import (
    dead_units,
    exploding,
    healthy,
    non_finite,
    remembering,
    vanishing_depth,
    vanishing_time,
)

KINDS: tuple[Callable[[], list[Candidate]], ...] = (
    vanishing_depth.candidates,
    vanishing_time.candidates,
    exploding.candidates,
    non_finite.candidates,
    dead_units.candidates,
    healthy.candidates,
    remembering.candidates,
)


def all_candidates() -> list[Candidate]:
    """In the order of the labels' file."""
    return [candidate for candidates in KINDS for candidate in candidates()]
