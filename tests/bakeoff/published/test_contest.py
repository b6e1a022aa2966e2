"""All judges over the same runs, in worker processes."""

import numpy as np
import psutil

from tests.bakeoff.published.runs_by_hand import RUNAWAY, RUNS, VANISHING, WELL
from vgviewer.bakeoff.contest import contest, judged, watched
from vgviewer.bakeoff.published import TOOLS
from vgviewer.bakeoff.trial import OURS
from vgviewer.engine import train
from vgviewer.frames import Finished, Frame


def test_that_a_record_holds_every_step_of_the_run_and_what_it_leaves() -> None:
    record = watched(WELL.experiment)
    messages = list(train(WELL.experiment, capture=()))
    frames = [message for message in messages if isinstance(message, Frame)]
    np.testing.assert_array_equal(record.loss[:-1], [frame.loss for frame in frames])
    np.testing.assert_array_equal(
        record.metric[:-1], [np.nan if f.metric is None else f.metric for f in frames]
    )
    assert [snapshot.step for snapshot in record.snapshots] == list(range(31))
    assert record.has_accuracy
    assert record.baseline == WELL.experiment.baseline.loss


def test_that_a_run_that_breaks_down_is_recorded_with_the_step_that_broke() -> None:
    record = watched(RUNAWAY.experiment)
    ended = list(train(RUNAWAY.experiment, capture=()))[-1]
    assert isinstance(ended, Finished)
    assert ended.reason == "non_finite"
    assert record.broken.any()
    assert record.snapshots[int(np.argmax(record.broken))].step == ended.step
    assert not record.broken[0]


def test_that_every_judge_is_heard_and_ours_first() -> None:
    outcomes = judged(VANISHING)
    assert [outcome.judge for outcome in outcomes] == [OURS, *(tool.name for tool in TOOLS)]
    assert {outcome.run for outcome in outcomes} == {VANISHING.name}
    assert len({outcome.first_loss for outcome in outcomes}) == 1
    said = {outcome.judge: {report.kind for report in outcome.reports} for outcome in outcomes}
    assert "vanishing" in said["SageMaker Debugger"] & said["torchmortem"] & said["TheDeepChecker"]


def workers() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_that_workers_give_what_one_process_gives() -> None:
    order = [run.name for run in RUNS]
    outcomes = sorted(contest(RUNS, workers=1), key=lambda each: order.index(each[0].run))
    assert [str(each) for each in outcomes] == [str(judged(run)) for run in RUNS]  # as text, where NaN is NaN


def test_that_whoever_stops_asking_ends_the_workers() -> None:
    asked = contest(RUNS * 20, workers=1)
    next(asked)
    assert workers()
    asked.close()
    assert not workers()
