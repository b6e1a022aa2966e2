"""The sentences about depth, for sizes as given."""

import math

import pytest

from vgviewer.theory.prediction import Place
from vgviewer.theory.verdicts import verdicts

DEPTHS = {  # log10 of the sizes from dense1 on → what is said
    "all alike": ((0.0, 0.0, 0.0), ("Signal reaches all 3 layers; 1 of it is left at dense1.",)),
    "fading": (
        (-4.0, -3.0, -1.0, 0.0),
        ("Signal reaches about 2 of 4 layers; 10^-4.0 of it is left at dense1.",),
    ),
    "dead inside": (
        (-0.1, -3.0, -5.0, -1.0, 0.0),
        ("Signal reaches about 3 of 5 layers; 0.79 of it is left at dense1, but 10^-5.0 at dense3.",),
    ),
    "nothing inside": (
        (0.0, -math.inf, 0.0),
        ("Signal reaches about 2 of 3 layers; 1 of it is left at dense1, but nothing at dense2.",),
    ),
    "growing": ((3.0, 1.5, 0.0), ("The gradient grows 10^3.0 times on its way back through 3 layers.",)),
    "growing, then shrinking": (
        (-1.0, 4.8, 2.0, 0.0),
        (
            "The gradient grows 10^4.8 times on its way back to dense2.",
            "Signal reaches all 4 layers; 0.1 of it is left at dense1.",
        ),
    ),
    "growing, then dying": (
        (-3.0, 4.8, 2.0, 0.0),
        (
            "The gradient grows 10^4.8 times on its way back to dense2.",
            "Signal reaches about 3 of 4 layers; 10^-3.0 of it is left at dense1.",
        ),
    ),
    "growing around a dead stretch": (
        (3.0, -3.0, 2.0, 0.0),
        (
            "The gradient grows 10^3.0 times on its way back through 4 layers.",
            "Signal reaches about 3 of 4 layers; 10^3.0 of it is left at dense1, but 10^-3.0 at dense2.",
        ),
    ),
}


@pytest.mark.parametrize("name", DEPTHS)
def test_that_a_chain_is_told_as_it_is(name: str) -> None:
    sizes, said = DEPTHS[name]
    places = [Place(f"dense{n}", "dense", size - 1.0, True) for n, size in enumerate(sizes, 1)]
    assert verdicts(places, ()) == said
