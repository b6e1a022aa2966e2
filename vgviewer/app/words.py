"""What is going on, in words: the status line and the numbers at the top."""

from collections.abc import Iterable

from vgviewer.app.live import Live
from vgviewer.app.numerals import counted, localized
from vgviewer.app.picture.numbers import plain
from vgviewer.diagnosis import Alert
from vgviewer.experiment import Experiment
from vgviewer.frames import Failed, Finished

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
COSTLY_S = 30.0  # of work in a run, which nobody wants to lose by a slip
OUTDATED = "The network was changed: Train Anew trains the new one."
GOES_ON = "This run goes on with the network as it was; Train Anew trains the new one."
LOADING = "Loading torch…"
WELCOME = "Choose an example, or start with an empty network."


def status(live: Live, experiment: Experiment, torch_is_loading: bool, is_welcome: bool) -> str:
    """One or two sentences about the run and the network, never empty; on the welcome page what to do there."""
    if is_welcome and live.state == "idle":
        return LOADING if torch_is_loading else WELCOME
    doing = _looking(live) if live.looks_back else _doing(live, experiment, torch_is_loading)
    if not live.is_outdated:
        return doing
    return f"{doing} {OUTDATED if live.state == 'ended' else GOES_ON}"


def _looking(live: Live) -> str:
    latest = live.history.latest if live.history else None
    goes_on = " Training goes on." if live.state == "running" else ""
    step = counted(latest.step) if latest else ""
    return f"Looking back at step {step}. {standing(live.alerts)}{goes_on}"


def _doing(live: Live, experiment: Experiment, torch_is_loading: bool) -> str:
    match live.state:
        case "idle" if experiment.problems:
            return to_fix(experiment)
        case "idle":
            return LOADING if torch_is_loading else "Ready. Press Train to begin."
        case "loading":
            return f"{LOADING} Training begins right after." if torch_is_loading else "Training begins."
        case "running":
            return f"Training. {standing(live.alerts)}"
        case "paused":
            return f"Paused{_at(live)}. {standing(live.alerts)}"
        case "ended":
            return _ending(live)


def to_fix(experiment: Experiment) -> str:
    """What must be changed before the network can be trained: the first problem, and how many more there are."""
    problem, *others = experiment.problems
    place = problem.place or problem.path
    more = f" And {len(others)} more." if others else ""
    return f"To train, fix {place}: {problem.message}{more}"


def standing(alerts: Iterable[Alert]) -> str:
    """ "One alert: Not learning."; of several the gravest is named."""
    found = [alert for alert in alerts if alert.stands]
    number = NUMBERS[len(found)] if len(found) < len(NUMBERS) else str(len(found))
    if not found:
        return f"{number} alert stands."
    first = max(found, key=lambda alert: alert.severity == "critical").title
    if len(found) == 1:
        return f"{number} alert: {first}."
    return f"{number} alerts, the gravest: {first}."


def tally(alerts: tuple[Alert, ...]) -> str:
    """ "1 active, 2 taken back", for the head of the list; empty without alerts."""
    count = sum(alert.stands for alert in alerts)
    back = len(alerts) - count
    parts = [
        f"{count} active" if count else "",
        f"{back} taken back" if back else "",
    ]
    return ", ".join(part for part in parts if part)


def time_left(seconds: float | None) -> str:
    """ "about 14 s left"; empty while it is not known."""
    if seconds is None:
        return ""
    if seconds < 1:
        return "less than 1 s left"
    if seconds < 100:
        return f"about {seconds:.0f} s left"
    if seconds < 100 * 60:
        return f"about {seconds / 60:.0f} min left"
    return f"about {seconds / 3600:.0f} h left"


def elapsed(seconds: float) -> str:
    """ "12 s", without pauses; empty before there is a second of it."""
    if seconds < 1:
        return ""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 100 * 60 else f"{seconds / 3600:.0f} h"


def rate(steps_per_second: float | None) -> str:
    """ "118 steps/s"; empty while it is not known."""
    if steps_per_second is None:
        return ""
    return localized(f"{steps_per_second:.{0 if steps_per_second >= 10 else 1}f} steps/s")


def numbers(live: Live) -> tuple[str, str]:
    """Two lines for the top bar: how far with the loss, and how fast with the time that it took and still takes."""
    history = live.history
    if history is None or history.latest is None:
        return "", ""
    step = history.latest.step if live.looks_back else live.steps_made
    first = f"step {counted(step)} of {counted(history.started.steps)}, loss {plain(history.latest.loss, 3)}"
    spent = elapsed(live.pace.elapsed_s)
    parts = [f"trained {spent}" if spent else ""]
    if live.state == "running":
        left = live.pace.seconds_left(history.started.steps)
        parts = [rate(live.pace.steps_per_second), *parts, time_left(left)]
    return first, ", ".join(part for part in parts if part)


def _at(live: Live) -> str:
    latest = live.history.latest if live.history else None
    return f" at step {counted(latest.step)}" if latest else ""


def _ending(live: Live) -> str:
    match live.end:
        case Failed(text=text):
            return text
        case Finished(step=step, reason="non_finite"):
            return (
                f"Stopped at step {counted(step)}: the loss is not finite; the last finite weights are kept."
            )
        case Finished(step=step, reason="early_stopping"):
            return f"Stopped early at step {counted(step)}: the metric no longer improves. {standing(live.alerts)}"
        case Finished(step=step):
            return f"Done after {counted(step)} steps. {standing(live.alerts)}"
        case None:
            return f"Recorded up to step {counted(live.steps_made)}. {standing(live.alerts)}"


def at_stake(live: Live) -> str:
    """What ending the run now would cost; empty where that is little, or nothing goes on."""
    if live.state not in ("running", "paused") or live.history is None or live.pace.elapsed_s < COSTLY_S:
        return ""
    return (
        f"The run is at step {counted(live.steps_made)} of {counted(live.history.started.steps)}, after "
        f"{elapsed(live.pace.elapsed_s)} of training. It cannot be taken up again."
    )
