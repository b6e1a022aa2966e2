"""The sentence about the alerts says how many stand, and names the gravest."""

from vgviewer.app.words import standing
from vgviewer.diagnosis import Alert


def alert(kind: str, severity: str, until: int | None = None) -> Alert:
    return Alert(kind, None, "rnn1", None, 3, until, severity, 1.0, 1.0, "It is so.")  # type: ignore[arg-type]


def test_that_no_alert_is_said_too() -> None:
    assert standing(()) == "No alert stands."
    assert standing([alert("exploding", "critical", until=9)]) == "No alert stands."


def test_that_one_alert_is_named() -> None:
    assert standing([alert("exploding", "warning")]) == "One alert: Exploding, rnn1."


def test_that_of_several_the_gravest_is_named() -> None:
    both = [alert("saturated", "warning"), alert("exploding", "critical")]
    assert standing(both) == "Two alerts, the gravest: Exploding, rnn1."
