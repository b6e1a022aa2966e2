"""What a person may ask of a run under way: knobs, close looks, and the order in which all is answered."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import pytest
import torch

import vgviewer.engine.inspections
from tests.engine.cases import LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.experiment.training import ClipValue
from vgviewer.frames import Change, Changed, Frame, Inspect, Knob, Look, Message, Started, Wish

SMALL = preset(
    layer("gru", units=6), layer("dropout", p=0.5), LAST, steps=12, optimizer={"type": "sgd", "lr": 0.1}
)
CHANGES = (
    (3, Change("lr", 0.02)),
    (3, Change("clip", 0.05)),
    (5, Change("recurrent_gain", 2.0)),
    (7, Change("dropout", 0.1)),
)


def messages(case: Preset, wishes: tuple[tuple[int, Wish], ...] = ()) -> Iterator[Message]:
    """The whole run; each wish is made when so many steps are made."""
    waiting: deque[Wish] = deque(wish for step, wish in wishes if step == 0)
    for message in engine.train(experiment_of(case), wishes=waiting):
        if isinstance(message, Frame):
            waiting.extend(wish for step, wish in wishes if step == message.step + 1)
        yield message


def losses(found: Iterator[Message]) -> list[float]:
    return [message.loss for message in found if isinstance(message, Frame)]


def turned(case: Preset, *changes: Change) -> engine.Trainer:
    """A trainer before its first step, its knobs turned."""
    trainer = engine.Trainer(experiment_of(case))
    wishes: deque[Wish] = deque(changes)
    found = trainer.messages(wishes)
    assert isinstance(next(found), Started)
    for change in changes:
        assert next(found) == Changed(0, change.knob, change.value)
    return trainer


def test_that_a_change_is_answered_before_the_step_from_which_on_it_holds() -> None:
    found = list(messages(SMALL, CHANGES))
    answers = [message for message in found if isinstance(message, Changed)]
    assert answers == [
        Changed(step, wish.knob, wish.value) for step, wish in CHANGES if isinstance(wish, Change)
    ]
    for answer in answers:
        later = [message for message in found[found.index(answer) :] if isinstance(message, Frame)]
        assert later[0].step == answer.step


def test_that_the_same_changes_at_the_same_steps_give_the_same_bits() -> None:
    first, second = (losses(messages(SMALL, CHANGES)) for _ in range(2))
    unchanged = losses(messages(SMALL))
    assert first == second
    assert (
        first[:4] == unchanged[:4]
    )  # the loss of step 3 is of the weights before it was made with another rate
    assert all(one != other for one, other in zip(first[4:], unchanged[4:], strict=True))


def test_that_a_run_without_wishes_is_bit_identical_to_one_that_cannot_have_any() -> None:
    trainer = engine.Trainer(experiment_of(SMALL))
    assert losses(messages(SMALL)) == [trainer.advance()[0].loss for _ in range(12)]


def test_that_the_learning_rate_of_every_optimizer_is_changed() -> None:
    for kind in ("sgd", "rmsprop", "adam", "adamw"):
        case = preset(layer("rnn", units=4), LAST, optimizer={"type": kind, "lr": 0.1, "weight_decay": 0.0})
        trainer = turned(case, Change("lr", 0.0))
        before = [parameter.detach().clone() for parameter in trainer.net.parameters()]
        trainer.advance()
        assert all(map(torch.equal, before, trainer.net.parameters()))


@pytest.mark.parametrize("clip", [None, {"type": "norm", "value": 5.0}, {"type": "value", "value": 5.0}])
def test_that_the_threshold_keeps_the_kind_of_clipping_or_begins_that_by_norm(clip: Preset | None) -> None:
    case = preset(layer("rnn", units=4), LAST, optimizer={"type": "sgd", "lr": 1.0}, clip=clip)
    trainer = turned(case, Change("clip", 0.001))
    before = [parameter.detach().clone() for parameter in trainer.net.parameters()]
    frame, _ = trainer.advance()
    moved = (
        torch.cat([(a - b).flatten() for a, b in zip(before, trainer.net.parameters(), strict=True)])
        .detach()
        .double()
    )
    size = moved.abs().max() if clip and clip["type"] == "value" else moved.norm()
    assert float(size) == pytest.approx(0.001, rel=1e-3)
    assert frame.clipped


def test_that_the_gain_is_relative_to_the_weights_without_it() -> None:
    chain = (
        layer("rnn", units=4, frozen=True),
        layer("lstm", units=3),
        layer("echo_state", units=5),
        layer("rnn", 2, units=4, parametrization="orthogonal"),
        LAST,
    )
    trainer = turned(preset(*chain), Change("recurrent_gain", 4.0), Change("recurrent_gain", 2.0))
    drawn = engine.Trainer(experiment_of(preset(*chain)))
    for place in drawn.net.parts:
        now, before = (one.net.parts[place].compose() for one in (trainer, drawn))
        for name, weight in before.items():
            is_scaled = name == "weight_hh" and place != "rnn2"
            torch.testing.assert_close(now[name], (2.0 if is_scaled else 1.0) * weight)


def test_that_dropout_is_set_in_all_its_layers() -> None:
    case = preset(layer("dropout"), layer("gru", units=6), layer("dropout", 2, p=0.9), LAST)
    trainer = turned(case, Change("dropout", 0.0))
    trainer.advance()
    for place in ("dropout1", "dropout2"):
        mask = trainer.net.parts[place].mask
        assert torch.equal(mask, torch.ones_like(mask))


@pytest.mark.parametrize(
    ("knob", "value", "words"),
    [
        ("dropout", 0.5, "no dropout layer"),
        ("lr", -1.0, "between"),
        ("recurrent_gain", 2.0, "no recurrent layer"),
    ],
)
def test_that_a_knob_without_effect_or_out_of_its_limits_is_refused(
    knob: Knob, value: float, words: str
) -> None:
    case = preset(layer("dense", units=3), task={"type": "spirals"})
    with pytest.raises(ValueError, match=words):
        list(engine.train(experiment_of(case), wishes=deque([Change(knob, value)])))


@dataclass(frozen=True)
class Seen:
    """Stands for an inspection."""

    step: int


def test_that_an_inspection_is_the_next_message_and_makes_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vgviewer.engine.inspections.INSPECTIONS, "seen", lambda trainer: Seen(trainer.step))
    wishes = ((0, Look()), (0, Inspect("seen")), (4, Inspect("seen")), (4, Look()), (4, Change("lr", 0.1)))
    found = list(messages(SMALL, wishes))
    assert found[1] == Seen(0)
    before = list(takewhile(lambda message: not (isinstance(message, Seen) and message.step == 4), found))
    after = found[len(before) :]
    assert [type(message).__name__ for message in after[:3]] == ["Seen", "Changed", "Frame"]
    assert losses(iter(found)) == losses(messages(SMALL))  # the rate was that before


def test_that_every_inspection_leaves_the_run_as_it_is() -> None:
    kinds = vgviewer.engine.inspections.INSPECTIONS
    case = preset(layer("gru", units=6), layer("batch_norm"), layer("dropout"), LAST, steps=6)
    wishes = tuple((step, Inspect(kind)) for kind in kinds for step in (0, 3))
    found = list(messages(case, wishes))
    assert sum(not isinstance(message, Started | Frame) for message in found) == 2 * len(kinds) + 1
    assert losses(iter(found)) == losses(messages(case))


def test_that_a_threshold_of_0_ends_clipping_and_its_kind_comes_back() -> None:
    case = preset(layer("rnn", units=4), LAST, clip={"type": "value", "value": 1e-6})
    off, back = Change("clip", 0.0), Change("clip", 1e-7)
    assert turned(case).advance()[0].clipped
    assert not turned(case, off).advance()[0].clipped
    both = turned(case, off, back)
    assert both.advance()[0].clipped
    assert both._knobs.clip == ClipValue(value=1e-7)


def test_that_the_gradient_norm_is_that_of_all_gradients_before_clipping() -> None:
    case = preset(layer("rnn", units=4), LAST, clip={"type": "norm", "value": 1e-3}, steps=3, loss_scale=2.0)
    arrays = engine.gradients(experiment_of(case))
    entries = np.concatenate([array.ravel() for key, array in arrays.items() if key.startswith("grad/")])
    first = next(message for message in engine.train(experiment_of(case)) if isinstance(message, Frame))
    assert first.gradient_norm == pytest.approx(float(np.linalg.norm(entries.astype(float))), rel=1e-5)


def test_that_finished_counts_how_often_clipping_struck() -> None:
    for threshold, expected in ((1e-6, 12), (1e6, 0)):
        found = list(
            messages(SMALL | {"training": SMALL["training"] | {"clip": {"type": "norm", "value": threshold}}})
        )
        assert found[-1].clipped == expected
        assert sum(message.clipped for message in found if isinstance(message, Frame)) == expected
