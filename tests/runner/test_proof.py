"""What is said of a remedy: honest also where it does not cure."""

from dataclasses import replace

import pytest

from tests.engine.cases import LAST, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer.diagnosis import Alert
from vgviewer.runner import Session, follow
from vgviewer.runner.proof import Standing, outcome, standing

SICK = Alert("vanishing", "time", "rnn1", 20, 4, None, "critical", 1e-6, 1e-3, "It is lost.")
OTHER = replace(SICK, kind="exploding", axis="depth")
BEFORE = Standing("vanishing", 99, 0.17, 1 / 6, 8, 100, 0.01, (SICK,), False)
LEARNED = replace(BEFORE, verdict="healthy", loss=0.01, horizon=90, alerts=())


@pytest.mark.parametrize(
    ("after", "helps", "words"),
    [
        (
            LEARNED,
            "yes",
            "It helps: the alert is gone, and the memory reaches back 90 timesteps instead of 8",
        ),
        (replace(LEARNED, loss=0.17), "partly", "the alert is gone, but nothing is learned yet"),
        (replace(LEARNED, alerts=(OTHER,)), "partly", "came in its place"),
        (replace(BEFORE, horizon=20), "partly", "still stands, but the memory reaches back 20 timesteps"),
        (BEFORE, "no", "It does not help: “Vanishing in time, rnn1” still stands"),
        (replace(BEFORE, horizon=9), "no", "still stands"),
        (replace(LEARNED, broke_down=True), "no", "the run breaks down"),
    ],
)
def test_that_the_outcome_is_told_with_its_figures(after: Standing, helps: str, words: str) -> None:
    found = outcome(SICK, BEFORE, after)
    assert found.helps == helps
    assert words in found.text
    assert found.text.endswith(".")
    if not after.broke_down:
        assert "0.17" in found.text


def test_that_an_alert_that_stood_before_is_no_new_one() -> None:
    before = replace(BEFORE, alerts=(SICK, OTHER))
    assert outcome(SICK, before, replace(LEARNED, alerts=(OTHER,))).helps == "yes"


def test_that_a_real_run_is_read() -> None:
    still = {"type": "sgd", "lr": 1e-6}
    task = {"type": "adding", "length": 40}
    session = Session(
        experiment_of(preset(layer("rnn", units=16), LAST, task=task, steps=40, optimizer=still))
    )
    assert standing(session) is None
    for _ in follow(session):
        pass
    found = standing(session)
    assert found is not None
    assert (found.verdict, found.step, found.timesteps, found.broke_down) == ("vanishing", 39, 40, False)
    assert found.horizon is not None
    assert 2 < found.horizon < 20
    assert found.signal is not None
    assert 0 < found.signal < 1
    assert found.has_learned is False
