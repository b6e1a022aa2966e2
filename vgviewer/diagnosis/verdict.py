"""The word for a run, and the sentence that gives its reason."""

from collections.abc import Sequence

from vgviewer.diagnosis.alert import Alert
from vgviewer.experiment import AlertKind

ORDER: tuple[AlertKind, ...] = ("exploding", "vanishing", "dead_units", "saturated", "not_learning")


def verdict(alerts: Sequence[Alert]) -> str:
    """The one word for the end of a run: the contract's order, `healthy` where no critical alert stands."""
    deciding = _deciding(alerts)
    return "healthy" if deciding is None else deciding.kind


def reason(alerts: Sequence[Alert]) -> str:
    """Why the verdict is what it is, in a sentence with the numbers of the alert that decides it."""
    deciding = _deciding(alerts)
    if deciding is not None:
        return deciding.message
    warnings = [alert for alert in alerts if alert.stands]
    if not warnings:
        return "No alert stands."
    others = "" if len(warnings) == 1 else f" (and {len(warnings) - 1} more)"
    return f"Nothing asks for action; a warning stands{others}: {warnings[0].message}"


def _deciding(alerts: Sequence[Alert]) -> Alert | None:
    for alert in alerts:
        if alert.kind == "non_finite":
            return alert
    standing = [alert for alert in alerts if alert.stands and alert.severity == "critical"]
    of_kind = {alert.kind: alert for alert in reversed(standing)}
    return next((of_kind[kind] for kind in ORDER if kind in of_kind), None)
