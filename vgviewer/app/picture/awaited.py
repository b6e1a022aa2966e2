"""Words for what a run is asked for only while somebody looks, where the answer has not come."""

from vgviewer.frames import History, Inspection
from vgviewer.frames.inspections import KINDS

TOO_LATE = (
    "The run ended before this was measured. Train again: "
    "while this picture is open, it is measured about once a second."
)
ON_ITS_WAY = "This is measured about once a second while the picture is open. The first answer is on its way."
NEXT_STEP = (
    "This is measured about once a second while the picture is open. It comes with the next training step."
)


def has_ended(history: History) -> bool:
    """Whether the last step was made: nobody is left who could answer."""
    return history.latest is not None and history.latest.step + 1 >= history.started.steps


def awaited(history: History, kind: type[Inspection]) -> str:
    """Why an inspection is not there yet; empty when it is."""
    if kind in history.inspections:
        return ""
    if history.refused is not None and history.refused.kind == KINDS[kind]:
        return f"This could not be measured: {history.refused.text}"
    return TOO_LATE if has_ended(history) else ON_ITS_WAY


def details_awaited(history: History) -> str:
    """Why no frame has been looked at closely yet; empty when one has."""
    if history.detailed is not None:
        return ""
    return TOO_LATE if has_ended(history) else NEXT_STEP
