"""Output: the map, the matrix, the lines and the points say what was answered and what was wanted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.app import inspections_by_hand as by_hand
from tests.app.shown import color_at, rgb, settle, showing
from vgviewer.app.picture import answered
from vgviewer.app.picture.blends import blend, mixed
from vgviewer.app.picture.decision_map import DEPTH
from vgviewer.app.views import Output
from vgviewer.frames.inspections import Answers


@pytest.fixture
def output(qapp: QApplication) -> Iterator[object]:
    with showing(qapp) as show:
        yield lambda answers: show(Output, by_hand.inspected(answers))


def test_that_the_map_goes_from_one_class_s_color_over_the_window_s_to_the_other_s(output) -> None:
    view = output(by_hand.classes())
    assert view._what.value == "map"
    dress = view.dress
    assert color_at(view, -0.3, 0.3) == rgb(mixed(dress.window, dress.text_muted, DEPTH))
    assert color_at(view, 1.3, 0.3) == rgb(dress.window)
    assert color_at(view, 2.3, 0.3) == rgb(mixed(dress.window, dress.curve, DEPTH))
    half = mixed(mixed(dress.window, dress.text_muted, DEPTH), dress.window, 0.5)
    assert color_at(view, -0.3, 1.3) == rgb(half)


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        (2, "first input · ■ class 0 · ● class 1 · × wrong"),
        (3, "first input · ■ class 0 · ● class 1 · ▼ class 2 · × wrong"),
        (9, "first input · × wrong"),
    ],
)
def test_that_every_form_of_a_sample_is_explained(output, classes: int, said: str) -> None:
    view = output(replace(by_hand.classes(), classes=classes))
    assert view.plot.bottom_axis.label.toPlainText().strip() == said


def test_that_a_wrong_sample_is_crossed_out(output) -> None:
    view = output(by_hand.classes())
    assert color_at(view, 1.0, 0.0) == rgb(view.dress.text)  # wanted 1, answered 0
    assert color_at(view, 2.0, 0.0) == rgb(view.dress.curve)
    assert [tuple(point) for point in zip(*view._map._wrong.getData(), strict=True)] == [(1.0, 0.0)]


def test_that_the_map_says_the_class_and_its_probability(output) -> None:
    view = output(by_hand.classes())
    assert view.caption_at(0.0, 1.0) == "(0, 1.0): class 0, class 1 with probability 0.25"
    assert view.caption_at(2.0, 1.0) == "(2.0, 1.0): class 1"
    assert view.caption_at(1.0, 1.0) == "(1.0, 1.0): not finite"
    assert view.table().rows[1] == (1.0, 0.0, 1, 0)
    assert view.layer_at(0.0, 0.0) == "output"


def test_that_the_sentence_says_how_many_are_right_and_what_is_taken_for_what(output) -> None:
    view = output(by_hand.classes())
    assert view.header.sentence.endswith("right for 75 % of 4 samples; most often 1 is taken for 0 (1 times)")


def test_that_the_matrix_counts_each_class_answered_as_each(output) -> None:
    view = output(by_hand.classes(plane=False))
    assert view._what.value == "confusion"
    np.testing.assert_array_equal(view._confusion._counts, [[1, 0], [1, 2]])
    assert view.caption_at(0.5, 0.5) == "class 1 answered as 0: 1 times, 33.3 % of class 1"
    assert view.table().rows == [("class 0", 1, 0), ("class 1", 1, 2)]
    full = mixed(view.dress.window, view.dress.curve, 0.62)
    assert color_at(view, 0.1, 1.1) == rgb(full)  # class 0 is always answered so
    assert color_at(view, 1.1, 1.1) == rgb(view.dress.window)
    texts = sorted(item.toPlainText() for item in view._confusion._numbers if item.isVisible())
    assert texts == ["1", "1", "2"]


def test_that_numbers_do_not_stay_behind_when_the_map_comes_back(output) -> None:
    view = output(by_hand.classes())
    view._what.choose("confusion")
    settle(view)
    assert any(item.isVisible() for item in view._confusion._numbers)
    view._what.choose("map")
    settle(view)
    assert not any(item.isVisible() for item in view._confusion._numbers)


def test_that_values_of_one_input_are_drawn_in_its_order(output) -> None:
    view = output(by_hand.values())
    assert view._what.value == "input"
    assert view.table().rows == [(-1.0, -2.0, -1.0), (0.0, 0.0, 0.0), (1.0, 2.0, 1.0)]
    assert view.caption_at(0.9, 0.0) == "input 1.00: answered 1.00, wanted 2.00"
    assert "mean squared error 0.67 on 3 samples; 75 % of the variance is explained" in view.header.sentence
    blue = [color_at(view, 0.5, 0.5 + up / 200) for up in range(-4, 5)]  # the line is smoothed at its sides
    assert min(abs(color[0] - rgb(view.dress.curve)[0]) for color in blue) < 32


def test_that_samples_in_order_of_time_are_drawn_so(output) -> None:
    view = output(by_hand.values(in_order=True, inputs=None))
    assert view._what.value == "order"
    assert [row[1] for row in view.table().rows] == [2.0, -2.0, 0.0]
    assert view.caption_at(2.2, 0.0) == "sample 2: answered -1.00, wanted -2.00"


def test_that_other_values_are_points_against_their_targets(output) -> None:
    view = output(by_hand.values(inputs=None))
    assert view._what.value == "points"
    assert view.caption_at(2.1, 1.0) == "wanted 2.00, answered 1.00"
    assert color_at(view, -2.0, -1.0) != rgb(view.dress.window)


def test_that_one_of_several_values_is_chosen(output) -> None:
    wanted = np.array([[0.0, 5.0], [1.0, 6.0]], np.float32)
    view = output(by_hand.values(inputs=None, targets=wanted, answers=wanted))
    assert [row[0] for row in view.table().rows] == [0.0, 1.0]
    view._column.choose("1")
    settle(view)
    assert [row[0] for row in view.table().rows] == [5.0, 6.0]


def test_that_a_run_with_one_value_follows_one_with_several(output) -> None:
    wanted = np.array([[0.0, 5.0], [1.0, 6.0]], np.float32)
    view = output(by_hand.values(inputs=None, targets=wanted, answers=wanted))
    view._column.choose("1")
    settle(view)
    view.set_history(by_hand.inspected(by_hand.values(inputs=None)))
    settle(view)
    assert sorted(row[0] for row in view.table().rows) == [-2.0, 0.0, 2.0]


def test_that_values_of_different_level_are_not_explained_by_their_levels(output) -> None:
    wanted = np.array([[-1.0, 99.0], [1.0, 101.0], [0.0, 100.0]], np.float32)
    level = np.array([[0.0, 100.0]] * 3, np.float32)
    view = output(by_hand.values(inputs=None, targets=wanted, answers=level))
    assert "mean squared error 0.67 on 3 samples; 0 % of the variance is explained" in view.header.sentence


def test_that_classes_at_every_timestep_have_an_accuracy_by_timestep(output) -> None:
    wanted = np.zeros((4, 3), np.int64)
    said = wanted.copy()
    said[:2, 2] = 1
    view = output(Answers(3, 4, 2, None, wanted, said))
    view._what.choose("timesteps")
    settle(view)
    assert [row[1] for row in view.table().rows] == [100.0, 100.0, 50.0]
    assert view.caption_at(3.0, 0.0) == "timestep 3: 50.0 % right"


def test_that_what_is_not_finite_is_counted_and_left_out(output) -> None:
    answers = np.array([[np.nan], [-1.0], [np.inf]], np.float32)
    assert "2 answers are not finite" in answered.verdict(by_hand.values(answers=answers))
    said = np.array([-1, -1, -1, 1])
    found = Answers(3, 4, 2, None, np.array([0, 1, 1, 1]), said)
    assert answered.verdict(found) == "right for 25 % of 4 samples, 3 answers are not finite"
    assert answered.confusion(found).sum() == 1


def test_that_some_of_many_samples_are_said_to_be_some() -> None:
    found = by_hand.values()
    some = Answers(**{**vars(found), "count": 9000})
    assert "on 3 of 9,000 samples" in answered.verdict(some)


def test_that_a_blend_is_clear_where_there_is_no_number() -> None:
    found = blend("#000000", "#ffffff", np.array([0.0, 0.5, 1.0, 2.0, np.nan]))
    assert found.tolist() == [[0, 0, 0, 255], [128, 128, 128, 255], [255] * 4, [255] * 4, [0] * 4]
