"""The run of the open document: started and steered here, drained by a timer that lives as long as the run."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from vgviewer.app.asking import Asking
from vgviewer.app.cures import Cure, cures
from vgviewer.app.document import Document
from vgviewer.app.pace import SPEEDS, Pace, step_seconds
from vgviewer.diagnosis import Alert
from vgviewer.experiment import AlertKind, Experiment
from vgviewer.experiment.knobs import Knobs, knobs
from vgviewer.frames import Failed, Finished, History, Inspect, Knob, Message
from vgviewer.frames.wishes import Wanted
from vgviewer.recording import Recorder
from vgviewer.runner import Run, Session

DRAIN_INTERVAL_MS = 66  # fifteen times a second is still alive, and training needs the interpreter
FIRST_MS = 15  # while nothing has come yet: somebody waits
TEXT_INTERVAL_S = 1.0  # a number that changes faster cannot be read

State = Literal["idle", "loading", "running", "paused", "ended"]


class Live(QObject):
    """Owns Run and Session. What was started goes on as it was started, whatever is edited meanwhile. `wanted` says
    what the views that are visible would have measured, about once a second. Where somebody looks back, history, alerts
    and what is told of them are those of that step, and the run goes on."""

    run_started = Signal()
    refreshed = Signal()  # once per drain that brought news
    text_due = Signal()  # once a second, and whenever the state is another
    ended = Signal()
    dropped = Signal()  # the run and its picture are gone
    looked = Signal()  # back, or at the newest step again
    speed_changed = Signal(int)  # a position, from 0 to SPEEDS
    refused = Signal(str)  # a wish that the run cannot fulfil, as a sentence

    def __init__(
        self, document: Document, parent: QObject | None = None, make_run: Callable[[Experiment], Run] = Run
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.make_run = make_run
        self._run: Run | None = None
        self._retired: list[Run] = []
        self._session: Session | None = None
        self._past: Session | None = None
        self.is_opened = False  # whether the run is one of a file, which nobody trains
        self.recorder: Recorder | None = None
        self.make_recorder: Callable[[Experiment], Recorder | None] = _none
        self._closing: list[Recorder] = []
        self._told: State = "idle"
        self._told_at = 0.0
        self.speed = SPEEDS
        self._knobs: Knobs | None = None
        self.wanted: Callable[[], frozenset[Wanted]] = frozenset
        self.hears: Callable[[Alert], bool] = _all
        self.may_drop: Callable[[], bool] = lambda: True  # whether the person lets a run go
        self._asking = Asking()
        self.pace = Pace()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.drain)

    @property
    def state(self) -> State:
        """`loading` until the first message, `ended` once the last one has been drained."""
        if self._session is None:
            return "idle"
        if self._session.ended is not None or self.is_opened:
            return "ended"
        if self._run is None or self._run.state == "paused":
            return "paused"
        return "running" if self._session.history else "loading"

    @property
    def shown(self) -> Session | None:
        """What is looked at; None while there is no run."""
        return self._past or self._session

    @property
    def looks_back(self) -> bool:
        """Whether that is a step of the past."""
        return self._past is not None

    @property
    def history(self) -> History | None:
        """What the views draw; None while there is no run."""
        return self.shown.history if self.shown else None

    @property
    def newest(self) -> History | None:
        """What the views draw where nobody looks back."""
        return self._session.history if self._session else None

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Those of the run that the document has not muted and `hears` lets through, in order of the step at which
        they were raised."""
        return self._heard(self.shown)

    @property
    def newest_alerts(self) -> tuple[Alert, ...]:
        """The same at the newest step, where somebody looks back."""
        return self._heard(self._session)

    def _heard(self, session: Session | None) -> tuple[Alert, ...]:
        muted = self.muted
        alerts = session.alerts if session else ()
        return tuple(alert for alert in alerts if alert.kind not in muted and self.hears(alert))

    @property
    def muted(self) -> tuple[AlertKind, ...]:
        """The kinds of alerts that the document does not want to hear of."""
        return tuple(kind for kind, said in self._document.experiment.alerts.items() if said == "off")

    def cures(self, alert: Alert) -> tuple[Cure, ...]:
        """What may help against an alert of the run, best first, as edits of the document."""
        return cures(self.shown, self._document.experiment, alert) if self.shown else ()

    @property
    def end(self) -> Finished | Failed | None:
        """The last message of the run, once it has come."""
        return self._session.ended if self._session else None

    @property
    def steps_made(self) -> int:
        """How many updates were made, as far as is known; while it runs, the number of the newest step."""
        if isinstance(self.end, Finished):
            return self.end.step
        latest = self.newest.latest if self.newest else None
        return latest.step if latest else 0

    @property
    def experiment(self) -> Experiment | None:
        """What the run was started with."""
        return self._session.experiment if self._session else None

    @property
    def knobs(self) -> Knobs | None:
        """As they stand; None while there is nothing that trains."""
        return self._knobs if self.state in ("loading", "running", "paused") else None

    @property
    def is_outdated(self) -> bool:
        """Whether the document has become another network, task or training than the one that runs. What is muted
        meanwhile changes nothing in the run."""
        begun, now = self.experiment, self._document.experiment
        if begun is None:
            return False
        heard = [{k: v for k, v in each.alerts.items() if k not in self.muted} for each in (begun, now)]
        parts = ("network", "task", "training")
        return heard[0] != heard[1] or any(getattr(begun, part) != getattr(now, part) for part in parts)

    def train_or_pause(self) -> None:
        """Starts, pauses or goes on; after the end it begins anew. Does nothing while a problem stands."""
        match self.state:
            case "running" | "loading" if self._run:
                self._run.pause()
                self.pace.rest()
            case "paused" if self._run:
                self._run.resume()
            case _:
                run = self._begin()
                if run:
                    run.start()
        self._tell()

    def step(self) -> None:
        """Makes one step and pauses; a run under way is only paused."""
        self._step(1)

    def step_10(self) -> None:
        """Makes ten steps and pauses; a run under way is only paused."""
        self._step(10)

    def step_100(self) -> None:
        """Makes a hundred steps and pauses; a run under way is only paused."""
        self._step(100)

    def train_anew(self) -> None:
        """Drops the run, and trains what stands in the document now."""
        if not self.may_drop():
            return
        run = self._begin()
        if run:
            run.start()
        self._tell()

    def _step(self, count: int) -> None:
        match self.state:
            case "running" | "loading" if self._run:
                self._run.pause()
            case "paused" if self._run:
                self._run.step(count)
            case _:
                run = self._begin()
                if run:
                    run.start_paused()
                    run.step(count)
        self.pace.rest()
        self._tell()

    def reset(self) -> None:
        """Drops the run and its picture, unless the person would rather keep them."""
        if self.may_drop():
            self.drop()

    def drop(self) -> None:
        """Drops the run and its picture; asks nothing."""
        self._retire()
        self._session = None
        self.dropped.emit()
        self._tell()

    def set_speed(self, position: int) -> None:
        """Slow motion below SPEEDS, which is full speed; holds for later runs too."""
        position = min(SPEEDS, max(0, position))
        if position == self.speed:
            return
        self.speed = position
        self.pace.rest()
        if self._run:
            self._run.step_seconds = step_seconds(position)
        self.speed_changed.emit(position)

    def slower(self) -> None:
        """Slow motion, a notch slower."""
        self.set_speed(self.speed - 1)

    def faster(self) -> None:
        """A notch faster, up to full speed."""
        self.set_speed(self.speed + 1)

    def change(self, knob: Knob, value: float) -> None:
        """Turns a knob of what trains, before its next step."""
        if self._run is None or self.knobs is None:
            return
        try:
            self._run.change(knob, value)
        except ValueError as error:
            self.refused.emit(str(error))
        else:
            self._knobs = self.knobs.replace(**{knob: value})
        self._tell()

    def stop(self, timeout_s: float) -> bool:
        """Ends all that works, within a bound; False if a worker is still inside torch then."""
        self._retire()
        deadline = time.monotonic() + timeout_s
        still = [run for run in self._retired if not run.join(max(0.0, deadline - time.monotonic()))]
        for recorder in self._closing:
            recorder.close(max(0.0, deadline - time.monotonic()))
        return not still

    def look_at(self, past: Session | None) -> None:
        """A step of the past; None for the newest one."""
        if self._session is not None and past is not self._past:
            self._past = past
            self.looked.emit()

    def show(self, session: Session, is_opened: bool = False) -> None:
        """Stands on a session whose messages have been taken elsewhere; what `is_opened` goes on nowhere."""
        self._retire()
        self._session, self.is_opened = session, is_opened
        self.run_started.emit()
        self.refreshed.emit()
        self.text_due.emit()

    def drain(self) -> None:
        """Hands what has come to the session, then tells whoever listens."""
        if self._run is None or self._session is None:
            return
        history = self._session.history
        messages = self._run.drain() if self.recorder is None else self._run.drain(self.recorder.room)
        for message in messages:
            self._session.take(message)
        self._ask(self._session.wish())
        self._ask_for_views(messages)
        if history is None and self._session.history is not None:
            self._timer.setInterval(DRAIN_INTERVAL_MS)
            self.run_started.emit()
        if messages:
            self._note_pace()
            self.refreshed.emit()
        if self.state != self._told or time.monotonic() - self._told_at >= TEXT_INTERVAL_S:
            self._tell()
        if self._session.ended is not None:
            self._timer.stop()
            self._close_recorder()
            self.ended.emit()

    def _ask(self, wish: Inspect | None) -> None:
        if wish is not None and self._run is not None:
            with suppress(ValueError):  # the worker has ended meanwhile: there is nobody to ask
                self._run.inspect(wish.kind)

    def _ask_for_views(self, messages: Sequence[Message]) -> None:
        now, run, history = time.monotonic(), self._run, self.newest
        for message in messages:
            self._asking.take(message, now)
        if run is None or history is None or self.state not in ("running", "paused"):
            return
        for kind in self._asking.due(self.wanted(), history.latest.step if history.latest else 0, now):
            with suppress(ValueError):  # the worker has ended meanwhile: there is nobody to ask
                run.look() if kind == "details" else run.inspect(kind)

    def _begin(self) -> Run | None:
        self._document.look_again()  # a file of data may have come, gone or changed
        if self._document.experiment.problems:
            return None
        if self._session is not None:
            self.drop()
        experiment = self._document.experiment
        self.is_opened = False
        self.recorder = self.make_recorder(experiment)
        self._session = Session(experiment, self.recorder)
        self.pace.begin()
        self._knobs = knobs(experiment)
        self._asking = Asking()
        self._run = self.make_run(experiment)
        self._run.step_seconds = step_seconds(self.speed)
        self._timer.start(FIRST_MS)
        return self._run

    def _retire(self) -> None:
        self._timer.stop()
        self.pace.rest()
        self._retired = [run for run in self._retired if run.state != "finished"]
        self._past = None
        if self._run is not None:
            self._run.stop()
            self._retired.append(self._run)
            self._run = None
        self._close_recorder()

    def _close_recorder(self) -> None:
        """What waits is still written, on the recorder's own thread."""
        self._closing = [recorder for recorder in self._closing if not recorder.close(0)]
        if self.recorder is not None and not self.recorder.close(0):
            self._closing.append(self.recorder)
        self.recorder = None

    def _note_pace(self) -> None:
        latest = self.newest.latest if self.newest else None
        if latest is not None and self.state == "running":
            self.pace.mark(time.monotonic(), latest.step)

    def _tell(self) -> None:
        self._told, self._told_at = self.state, time.monotonic()
        self.text_due.emit()


def _none(experiment: Experiment) -> None:
    del experiment


def _all(alert: Alert) -> bool:
    del alert
    return True
