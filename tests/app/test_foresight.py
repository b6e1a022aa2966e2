"""What is expected before training, and beside it what was measured."""

from unittest.mock import Mock

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment, messages
from vgviewer.app import foresight as module
from vgviewer.app.expected import compared, expected
from vgviewer.app.foresight import Foresight
from vgviewer.experiment import Experiment, find, load
from vgviewer.frames import Frame, History, Site, Started
from vgviewer.theory import predict

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def run() -> History:
    started, *frames = messages(3)
    assert isinstance(started, Started)
    history = History(started)
    for frame in frames[:-1]:
        assert isinstance(frame, Frame)
        history.append(frame)
    return history


@pytest.fixture
def line(qtbot: QtBot) -> Foresight:
    made = Foresight(None)
    qtbot.addWidget(made)
    made.resize(400, 20)
    made.show()
    return made


def test_that_the_line_is_the_verdict_of_theory_with_its_numbers_as_people_write_them() -> None:
    said, whole = expected(predict(load(find("relu-30-xavier"))))
    assert said == "Expected: signal reaches about 14 of 30 layers; 10⁻⁴·⁴ of it is left at dense1."
    assert whole == "Expected:\n• Signal reaches about 14 of 30 layers; 10⁻⁴·⁴ of it is left at dense1."


def test_that_along_time_the_measured_horizon_stands_before_the_expected_one() -> None:
    history, prediction = run(), predict(experiment(units=64))
    assert history.latest is not None
    said, whole = compared(prediction, history.started, history.latest)
    (memory,) = prediction.memories
    assert (
        said == f"rnn1 reaches back 2 timesteps, expected {memory.horizon:.0f}"
    )  # a tenth each: 1 % is left
    assert whole.startswith("Expected:\n• rnn1: signal reaches back about")
    assert "Measured at step 2:\n• rnn1: signal reaches back about 2 of 20 timesteps" in whole


def test_that_along_depth_the_measured_ratio_stands_before_the_expected_one() -> None:
    prediction = predict(load(find("sigmoid-10")))
    sites = tuple(Site(place.id, place.type, has_weights=place.has_weights) for place in prediction.places)
    sizes = np.linspace(-9, 0, len(sites), dtype=np.float32)
    sizes[-2] = -0.5
    started = Started(sites, 0, 10, "accuracy", 0.69, "guessing", None)
    said, _ = compared(prediction, started, Frame(0, 0.7, readings={"output_gradient": sizes}))
    ratio = 10 ** (prediction.places[0].size - prediction.places[-2].size)
    assert said.startswith("dense1 gets 3.2 × 10⁻⁹ of dense10's, expected ")
    assert f"{ratio:.1e}"[:3] in said.split("expected ")[1]


def test_that_a_network_that_forgets_nothing_shows_what_a_timestep_keeps() -> None:
    prediction = predict(load(find("rnn-explodes")))
    (memory,) = prediction.memories
    started = Started((Site(memory.layer, "rnn", recurrent=True),), len(memory.sizes), 1, "mse", 1, "", None)
    transport = np.zeros((1, len(memory.sizes)), np.float32)
    frame = Frame(0, 1, readings={"transport": transport, "output_gradient": np.zeros(1, np.float32)})
    said, _ = compared(prediction, started, frame)
    assert said == f"{memory.layer} keeps 1 per timestep, expected {memory.factor:.3g}"


def test_that_the_line_comes_once_the_edits_pause_and_says_what_was_asked_last(
    line: Foresight, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    think = Mock(wraps=module._think)
    monkeypatch.setattr(module, "_think", think)
    for units in (3, 5, 64):
        line.expect(experiment(units=units))
    assert line.text() == ""
    assert line._timer.interval() == module.DELAY_MS >= 200
    qtbot.waitUntil(lambda: line.text() != "", timeout=5000)
    assert [call.args[0].network.layers[0].units for call in think.call_args_list] == [64]
    assert line.text() == expected(predict(experiment(units=64)))[0]
    assert line.toolTip() == line.accessibleDescription() != ""


def test_that_another_name_asks_for_nothing_and_another_network_forgets_the_old_answer(
    line: Foresight, qtbot: QtBot
) -> None:
    line.expect(experiment())
    line.finish()
    said = line.text()
    assert said
    line.expect(experiment(name="Another"))
    assert line.text() == said
    line.expect(experiment(units=7))
    assert (line.text(), line.toolTip()) == ("", "")


def test_that_a_network_with_a_problem_gets_no_line_and_no_question(
    line: Foresight, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_think", Mock(side_effect=AssertionError))
    network = experiment().network
    broken = experiment().replace(network=network.replace(layers=network.layers[:1]))
    assert broken.problems
    line.expect(broken)
    line._timer.timeout.emit()
    line.finish()
    assert line.text() == ""


def test_that_a_run_of_this_network_is_put_beside_and_taken_away_again(line: Foresight, qtbot: QtBot) -> None:
    line.expect(experiment(units=64))
    line.compare(run())
    line.finish()
    assert " timesteps, expected " in line.text()
    line.compare(None)
    assert line.text().startswith("Expected: ")


def test_that_a_hidden_line_asks_for_nothing(
    line: Foresight, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.hide()
    line.expect(experiment())
    assert not line._timer.isActive()
    line.show()
    assert line._timer.isActive()
    line.hide()
    assert not line._timer.isActive()


def test_that_what_fails_in_theory_is_not_swallowed(line: Foresight, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(asked: Experiment) -> None:
        raise ArithmeticError(asked.name)

    monkeypatch.setattr(module, "_predict", fail)
    line.expect(experiment())
    with pytest.raises(ArithmeticError, match="A small network"):
        line.finish()
    line.hide()
