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
PAUSED = "Paused. This is measured with the next training step: Step or Train to see it."


def has_ended(history: History) -> bool:
    """Whether the last step was made, or the run has ended before it: nobody is left who could answer."""
    if history.has_ended:
        return True
    return history.latest is not None and history.latest.step + 1 >= history.started.steps


def awaited(history: History, kind: type[Inspection]) -> str:
    """Why an inspection is not there yet; empty when it is."""
    if kind in history.inspections:
        return ""
    if history.refused is not None and history.refused.kind == KINDS[kind]:
        return f"This could not be measured: {history.refused.text}"
    return TOO_LATE if has_ended(history) else ON_ITS_WAY


def details_awaited(history: History, is_paused: bool) -> str:
    """Why no frame has been looked at closely yet; empty when one has. Unlike an inspection it takes a step."""
    if history.detailed is not None:
        return ""
    if has_ended(history):
        return TOO_LATE
    return PAUSED if is_paused else NEXT_STEP
