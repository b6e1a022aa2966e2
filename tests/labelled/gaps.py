"""How far the true numbers of sick and clean runs are apart."""

from collections.abc import Iterable

from tests.labelled.truth import EXPLODED
from vgviewer.bakeoff.labelled import Labelled

NUMBERS = {  # trouble → its numbers, and which of two is the sicker
    "vanishing_depth": (("depth",), min),
    "vanishing_time": (("time",), min),
    "exploding": (("depth_growth", "time_growth"), max),
    "dead_units": (("dead",), max),
}


def gaps(runs: Iterable[Labelled]) -> str:
    """Markdown: per trouble the sickest clean and the cleanest sick number that stand with the labels (medians of the
    last third). Of exploding those count as sick whose gradient grows; the others' loss ran away. Runs that came to
    numbers which are not finite are not compared: their last third is the moment before."""
    lines = ["| trouble | cleanest sick | sickest clean |", "| --- | --- | --- |"]
    runs = [run for run in runs if "non_finite" not in run.onsets]
    for trouble, (names, sicker) in NUMBERS.items():
        known = [(run, [float(n) for name in names if (n := run.numbers[name]) is not None]) for run in runs]
        worst = [(run, sicker(numbers)) for run, numbers in known if numbers]
        sick = [number for run, number in worst if trouble in run.onsets]
        clean = [number for run, number in worst if trouble not in run.onsets and trouble not in run.unclear]
        if trouble == "exploding":
            sick = [number for number in sick if number > EXPLODED]
        cleaner = min if sicker is max else max
        lines.append(f"| {trouble} | {cleaner(sick):.2g} | {sicker(clean):.2g} |")
    return "\n".join(lines)
