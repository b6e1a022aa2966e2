"""Trains a run and has its weights and batches judged in double precision on the way."""

import math
from collections.abc import Iterator

import numpy as np

from tests.labelled.measure import Reading, dead_share, gradients_of
from tests.labelled.truth import Evidence
from vgviewer.engine import Trainer
from vgviewer.experiment import Experiment
from vgviewer.tasks import Pair

EVERY_STEP = 40  # of these each one is judged, later every fifth
SELDOM = 5
FRESH = 512
FRESH_SEED = 20_262_026  # of samples that no run is trained or tested on


def evidence(experiment: Experiment) -> Evidence:
    """The whole run, to its last step or to the first number that is not finite."""
    trainer = Trainer(experiment)
    witness = Witness(experiment, trainer)
    steps = experiment.training.steps
    not_finite = None
    with np.errstate(all="ignore"):
        while trainer.step < steps:
            witness.look(len(witness.losses) == steps * 2 // 3)
            frame, finite = trainer.advance()
            witness.losses.append(frame.loss)
            if not finite:
                not_finite = frame.step
                break
        witness.fresh["end"] = witness.fresh_loss() if not_finite is None else math.nan
    baseline = experiment.baseline
    return Evidence(
        readings=witness.readings,
        losses=witness.losses,
        fresh=(witness.fresh["start"], witness.fresh.get("two thirds", math.nan), witness.fresh["end"]),
        baseline=None if baseline is None else baseline.loss,
        not_finite=not_finite,
    )


class Witness:
    """Judges the steps that are to be judged, and those in between where something changed from one to the next."""

    def __init__(self, experiment: Experiment, trainer: Trainer) -> None:
        self.experiment = experiment
        self.preset = experiment.model_dump(mode="json", exclude_defaults=True)
        self.trainer = trainer
        self.samples = fresh_samples(experiment)
        self.readings: list[Reading] = []
        self.losses: list[float] = []
        self.fresh: dict[str, float] = {}
        self.passed: list[tuple[int, dict[str, np.ndarray], Pair]] = []

    def look(self, two_thirds: bool) -> None:
        """At the step that comes next, before its update."""
        step = self.trainer.step
        now = (step, self.weights(), self.trainer.coming_batch())
        if step == 0:
            self.fresh["start"] = self.fresh_loss()
        if two_thirds:
            self.fresh["two thirds"] = self.fresh_loss()
        if step >= EVERY_STEP and step % SELDOM:
            self.passed.append(now)
            return
        reading = self.judge(*now)
        if self.readings and coarse(reading) != coarse(self.readings[-1]):
            self.readings += [self.judge(*before) for before in self.passed]
        self.readings.append(reading)
        self.passed.clear()

    def judge(self, step: int, weights: dict[str, np.ndarray], batch: Pair) -> Reading:
        """The numbers of a step."""
        arrays = weights | {"x": self.entering(batch[0]), "y": batch[1]}
        reading = gradients_of(self.preset, arrays, self.experiment.task.dependency())
        _, dead = self.on_fresh_samples(weights) if has_relus(self.preset) else (None, None)
        return reading._replace(step=step, dead=dead)

    def weights(self) -> dict[str, np.ndarray]:
        """A copy of what the layers multiply with, by the keys of the gradient files."""
        return {
            f"param/{place}/{name}": weight.detach().numpy().astype(np.float64)
            for place, part in self.trainer.net.parts.items()
            for name, weight in part.compose().items()
        }

    def fresh_loss(self) -> float:
        """The loss on fresh samples with the weights as they are now."""
        return self.on_fresh_samples(self.weights())[0]

    def on_fresh_samples(self, weights: dict[str, np.ndarray]) -> tuple[float, float | None]:
        """Loss and share of dead units."""
        return dead_share(self.preset, weights | {"x": self.entering(self.samples[0]), "y": self.samples[1]})

    def entering(self, x: np.ndarray) -> np.ndarray:
        """As in the gradient files: symbols as one-hot rows, unless an embedding reads them."""
        if np.issubdtype(x.dtype, np.floating) or self.preset["network"]["layers"][0]["type"] == "embedding":
            return x
        return (x[..., None] == np.arange(self.experiment.task.inputs().features)).astype(np.float64)


def coarse(reading: Reading) -> tuple[int | None, ...]:
    """In whole decades (tenths for the dead): where it is the same, nothing has begun in between."""
    ratios = [None if r is None or not r > 0 else math.floor(math.log10(r)) for r in reading[1:5]]
    return (*ratios, None if reading.dead is None else math.floor(10 * reading.dead))


def fresh_samples(experiment: Experiment) -> Pair:
    """512 that are neither trained on nor tested on; of a finite set as many of its test rows (or of its rows)."""
    task = experiment.task.settled()
    table = task.table()
    if table is None:
        return task.draw(np.random.default_rng(FRESH_SEED), FRESH)
    if table.x_test is None or table.y_test is None:
        return table.x[:FRESH], table.y[:FRESH]
    return table.x_test[:FRESH], table.y_test[:FRESH]


def has_relus(preset: dict) -> bool:
    """Whether any layer has units that can die."""
    layers = preset["network"]["layers"]
    return any("relu" in (layer.get("activation"), layer.get("function")) for layer in layers)


def numbers(seen: Evidence) -> Iterator[tuple[str, float | str | None]]:
    """What stands beside a label: medians over the judged steps of the last third, and the losses on fresh samples."""
    end = len(seen.losses)
    last = [reading for reading in seen.readings if reading.step >= 2 * end / 3] or list(seen.readings)
    for name in Reading._fields[1:]:
        known = [value for reading in last if (value := getattr(reading, name)) is not None]
        yield name, rounded(float(np.median(known))) if known else None
    for name, loss in zip(("loss_first", "loss_two_thirds", "loss_last"), seen.fresh, strict=True):
        yield name, rounded(loss)
    yield "baseline", None if seen.baseline is None else rounded(seen.baseline)


def rounded(value: float) -> float | str | None:
    """To three digits; infinity in words, None for what is no number."""
    if math.isnan(value):
        return None
    return float(f"{value:.3g}") if math.isfinite(value) else ("inf" if value > 0 else "-inf")
