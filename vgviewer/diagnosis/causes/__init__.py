"""Why: the account of the hops that lose or gain, in words and in numbers that multiply to the whole."""

from dataclasses import replace

from vgviewer.diagnosis.alert import Alert, Cause
from vgviewer.diagnosis.causes.along_depth import along_depth
from vgviewer.diagnosis.causes.look import Look
from vgviewer.diagnosis.causes.signs import signs
from vgviewer.diagnosis.causes.through_time import through_time
from vgviewer.frames import Frame, Started
from vgviewer.frames.inspections import HopAccounts
from vgviewer.network import Network

__all__ = ["explain", "signs"]


def explain(
    alert: Alert, accounts: HopAccounts, network: Network, started: Started, frame: Frame
) -> Cause | None:
    """The cause of an alert on vanishing or exploding along depth or time; `frame` is the newest when the account was
    made. None for other alerts (`signs` tells of those), and where there is no account of the alert's layer."""
    look = Look(alert, accounts, network, started, frame)
    match alert.axis:
        case "depth":
            cause = along_depth(look)
        case "time":
            cause = through_time(look)
        case _:
            return None
    return None if cause is None else replace(cause, step=accounts.step)
