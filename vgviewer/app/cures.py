"""What may help against an alert, as an edit of the document that is open now. No Qt."""

from dataclasses import dataclass

from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.remedy import Offer
from vgviewer.experiment import Experiment
from vgviewer.runner import Session

APPLIED = "It is applied. Train to see what it does."
UNFIT = "It does not fit the network as it has been edited since."
PARTS = ("network", "task", "training")


@dataclass(frozen=True)
class Cure:
    """`edited` is the document with the remedy applied; None where that cannot be, with the reason in a sentence."""

    offer: Offer
    edited: Experiment | None
    reason: str = ""


def cures(session: Session, document: Experiment, alert: Alert) -> tuple[Cure, ...]:
    """In the order of the offers that were made out for the run; an edited document gets them made out anew."""
    offers = session.offers(alert)
    if _same(session.experiment, document):
        return tuple(Cure(offer, _with(document, offer)) for offer in offers)
    reason = _obstacle(session.experiment, document, alert)
    fitting = {} if reason else {offer.id: offer for offer in session.offers_for(document, alert)}
    return tuple(_refitted(offer, fitting.get(offer.id), document, reason or UNFIT) for offer in offers)


def _refitted(offer: Offer, fitting: Offer | None, document: Experiment, reason: str) -> Cure:
    if _same(offer.experiment, document):
        return Cure(offer, None, APPLIED)
    return Cure(offer, None, reason) if fitting is None else Cure(fitting, _with(document, fitting))


def _obstacle(begun: Experiment, document: Experiment, alert: Alert) -> str:
    """Why no remedy can be made out: what the alert tells of is no longer there, or the document has problems."""
    named = [alert.layer, *(hop.layer for hop in alert.cause.hops)] if alert.cause else [alert.layer]
    before = {layer.id: layer.type for layer in begun.network.layers}
    now = {layer.id: layer.type for layer in document.network.layers}
    for layer in named:
        if layer in before and now.get(layer) != before[layer]:
            return f"{layer} is {'another layer now' if layer in now else 'no longer in the network'}."
    return f"First fix what is wrong: {document.problems[0].message}" if document.problems else ""


def _same(one: Experiment, other: Experiment) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in PARTS)


def _with(document: Experiment, offer: Offer) -> Experiment:
    """Name, notes and muted alerts stay the document's."""
    made = offer.experiment
    return document.replace(network=made.network, task=made.task, training=made.training)
