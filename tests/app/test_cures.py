"""What helps, as an edit of the document: made out anew where it has been edited since."""

import pytest

from tests.app.runs_by_hand import experiment, messages
from vgviewer.app.cures import APPLIED, UNFIT, Cure, cures
from vgviewer.experiment import Experiment
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.gru import Gru
from vgviewer.runner import Session


@pytest.fixture
def session() -> Session:
    made = Session(experiment())
    for message in messages(30):
        made.take(message)
    return made


def found(session: Session, document: Experiment) -> list[Cure]:
    (alert,) = session.alerts
    return list(cures(session, document, alert))


def test_that_an_untouched_document_takes_every_offer_and_keeps_its_name_and_its_mutes(
    session: Session,
) -> None:
    document = session.experiment.replace(name="Mine", alerts={"dead_units": "off"})
    offered = found(session, document)
    assert [cure.offer for cure in offered] == list(session.offers(session.alerts[0]))
    for cure in offered:
        assert cure.edited is not None
        assert (cure.edited.name, cure.edited.alerts) == ("Mine", {"dead_units": "off"})
        made = cure.offer.experiment
        assert (cure.edited.network, cure.edited.training) == (made.network, made.training)


def test_that_an_edited_document_keeps_its_edits_when_a_remedy_is_applied(session: Session) -> None:
    training = session.experiment.training.replace(batch_size=7)
    offered = found(session, session.experiment.replace(training=training))
    edits = [cure.edited for cure in offered if cure.edited is not None]
    assert edits
    assert all(edited.training.batch_size == 7 for edited in edits)


def test_that_an_applied_remedy_says_so_and_the_others_say_what_has_changed(session: Session) -> None:
    before = found(session, session.experiment)
    lstm = next(cure for cure in before if cure.offer.id == "lstm")
    assert lstm.edited is not None
    after = found(session, lstm.edited)
    assert [cure.offer.id for cure in after] == [cure.offer.id for cure in before]
    said = {cure.offer.id: cure.reason for cure in after}
    assert said.pop("lstm") == APPLIED
    assert set(said.values()) == {"rnn1 is no longer in the network."}
    assert all(cure.edited is None for cure in after)


def test_that_a_remedy_without_its_layer_or_with_a_problem_says_why_it_cannot_be(session: Session) -> None:
    network = session.experiment.network
    without = session.experiment.replace(network=network.replace(layers=network.layers[1:]))
    assert {cure.reason for cure in found(session, without)} == {"rnn1 is no longer in the network."}
    other = network.replace(layers=(Gru(id="rnn1", units=4), *network.layers[1:]))
    assert {cure.reason for cure in found(session, session.experiment.replace(network=other))} == {
        "rnn1 is another layer now."
    }
    broken = session.experiment.replace(network=network.replace(layers=network.layers[:1]))
    assert broken.problems
    assert {cure.reason for cure in found(session, broken)} == {
        f"First fix what is wrong: {broken.problems[0].message}"
    }


def test_that_a_remedy_that_the_edits_have_made_needless_does_not_fit(session: Session) -> None:
    orthogonal = next(cure for cure in found(session, session.experiment) if cure.offer.id == "orthogonal")
    assert orthogonal.edited is not None
    layers = (*orthogonal.edited.network.layers, Dense(id="dense1", units=3))
    edited = orthogonal.edited.replace(network=orthogonal.edited.network.replace(layers=layers))
    assert next(cure.reason for cure in found(session, edited) if cure.offer.id == "orthogonal") == UNFIT
