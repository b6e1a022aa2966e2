"""All judges over the same runs."""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace

from vgviewer.bakeoff.labelled import Labelled
from vgviewer.bakeoff.published import TOOLS, Record, outcome
from vgviewer.bakeoff.trial import Outcome, trial
from vgviewer.experiment import Experiment
from vgviewer.frames import Finished, Frame

WORKERS = 2


def contest(runs: Sequence[Labelled], workers: int = WORKERS) -> Iterator[tuple[Outcome, ...]]:
    """The outcomes of each run, ours first, as they come; runs are shared among worker processes.

    Whoever stops asking, or is interrupted, ends the workers after the runs they are at.
    """
    context = multiprocessing.get_context("spawn")  # torch does not stand a fork
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_die_silently)
    try:
        for done in as_completed([pool.submit(judged, run) for run in runs]):
            yield done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def judged(run: Labelled) -> tuple[Outcome, ...]:
    """What our judge says, and what every published tool does; the run is trained once for us and once for them."""
    record = watched(run.experiment)
    return trial(run), *(outcome(tool, run.name, record) for tool in TOOLS)


def watched(experiment: Experiment) -> Record:
    """The whole run as the published rules see it, and one look at the network that it leaves."""
    from vgviewer.engine import Trainer
    from vgviewer.engine.snapshot import Snapshots

    trainer = Trainer(experiment, capture=())
    view, messages, snapshots = Snapshots(trainer), trainer.messages(), []
    next(messages)
    while True:
        snapshot = view.take()
        match next(messages):
            case Frame(metric=metric) if metric is not None:
                snapshots.append(replace(snapshot, metric=metric))
            case Finished():
                snapshots.append(snapshot)
                break
            case _:
                snapshots.append(snapshot)
    baseline = experiment.baseline
    return Record(
        snapshots, None if baseline is None else baseline.loss, has_accuracy=experiment.metric == "accuracy"
    )


def _die_silently() -> None:
    """Ctrl+C reaches the workers too: they end without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
