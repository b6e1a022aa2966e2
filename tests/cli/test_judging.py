"""What it costs to judge a frame."""

from vgviewer.cli import judging


def test_that_the_frames_that_are_timed_are_worth_judging() -> None:
    """Otherwise the rules would be done at their first line, and the figure would mean nothing."""
    from vgviewer.diagnosis import Watch
    from vgviewer.frames import Frame

    watch = Watch(judging._started())
    for step in range(10):
        watch.judge(Frame(step, 1.0, gradient_norm=1.0, readings=judging._readings()))
    assert ("vanishing", "time") in {(alert.kind, alert.axis) for alert in watch.alerts}


def test_that_a_frame_is_timed() -> None:
    goal = judging.of_judging(3)
    assert 0 < goal.reading.value < 1000
    assert goal.bound == 1.0
    assert not goal.at_least
