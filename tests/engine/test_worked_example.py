"""Two sigmoid units by hand: what a lesson prints is what is computed."""

import numpy as np
import pytest

from tests.engine.comparison import experiment_of
from vgviewer import engine

ONE_HALF = {"activation": "sigmoid", "bias": False, "weight_init": {"type": "values", "values": [[0.5]]}}
EXAMPLE = {
    "format": "vgviewer.preset",
    "version": 1,
    "network": {"layers": [{"id": "dense1", "type": "dense", "units": 1, **ONE_HALF}], "output": ONE_HALF},
    "task": {"type": "fixed", "inputs": [[1.0]], "targets": [[1.0]]},
}


@pytest.fixture(scope="module", params=[False, True], ids=["float32", "float64"])
def numbers(request: pytest.FixtureRequest) -> dict[str, float]:
    found = engine.gradients(experiment_of(EXAMPLE), 0, request.param)
    return {key: float(np.squeeze(array)) for key, array in found.items()}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("output/dense1", 0.6225),
        ("output/output", 0.5772),
        ("loss", 0.1788),
        ("output_grad/output", -0.8456),
        ("grad/dense1/weight", -0.02425),  # by hand, with factors rounded to three digits: −0.0243
        ("grad/output/weight", -0.12846),
    ],
)
def test_that_the_worked_example_gives_the_printed_number(
    key: str, value: float, numbers: dict[str, float]
) -> None:
    assert numbers[key] == pytest.approx(value, abs=5e-5)


def test_that_the_signal_shrinks_by_the_printed_hop_gain(numbers: dict[str, float]) -> None:
    def before_sigmoid(place: str) -> float:
        a = numbers[f"output/{place}"]
        return numbers[f"output_grad/{place}"] * a * (1 - a)

    assert before_sigmoid("output") == pytest.approx(-0.206, abs=5e-4)
    assert before_sigmoid("dense1") == pytest.approx(-0.0242, abs=1e-4)
    assert before_sigmoid("dense1") / before_sigmoid("output") == pytest.approx(0.1175, abs=5e-5)


def test_that_the_weight_gradients_shrink_less_than_the_signal(numbers: dict[str, float]) -> None:
    assert numbers["grad/output/weight"] / numbers["grad/dense1/weight"] == pytest.approx(5.3, abs=0.05)
