"""Prints the tables of docs/prediction.md: .venv/bin/python -m tests.theory.table"""

import numpy as np

from tests.theory.cases import CELLS, NORMALIZED, WIDE, Beside, beside, deep, first_frame, normalized
from vgviewer.experiment import load, shipped
from vgviewer.theory import measure, predict

SEEDS = 5


def depth() -> None:
    print("| network | predicted | measured | seeds |\n| --- | --- | --- | --- |")
    for activation, sigma_w, sigma_b, _ in WIDE:
        _ratio(
            f"{activation}, σ_w {sigma_w:.3g}, σ_b {sigma_b:.3g}",
            beside(deep(activation, sigma_w, sigma_b), SEEDS),
        )
    for activation, batch in NORMALIZED:
        _ratio(f"batch norm, {activation}, {batch} samples", beside(normalized(activation, batch), SEEDS))


def _ratio(name: str, both: Beside) -> None:
    found = both.ratios
    print(f"| {name} | {both.expected:.2f} | {np.mean(found):.2f} ± {np.std(found):.2f} | {len(found)} |")


def cells() -> None:
    print("\n| cell | factor: reference | predicted | measured | −1/ln of the gate: predicted | measured |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (cell, reference) in CELLS.items():
        both = beside(cell, SEEDS)
        expected, found = both.predicted.memories[0], [one.memories[0] for one in both.measured]
        factors = [one.factor for one in found]
        gates = "" if expected.gate is None else f"{expected.time_constant:.3g}"
        seen = "" if expected.gate is None else f"{-1 / np.log(np.mean([one.gate for one in found])):.3g}"
        measured = f"{np.mean(factors):.3f} ± {np.std(factors):.3f}"
        print(f"| {name} | {reference} | {expected.factor:.3f} | {measured} | {gates} | {seen} |")


def presets() -> None:
    print("\n| preset | first layer: predicted | measured | verdict |\n| --- | --- | --- | --- |")
    for card in shipped():
        experiment = load(card.path)
        expected, found = predict(experiment), measure(*first_frame(experiment))
        first, seen = expected.sizes[0], found.sizes[0]
        print(f"| {card.id} | {first:.2f} | {seen:.2f} | {' '.join(expected.verdicts)} |")


if __name__ == "__main__":
    depth()
    cells()
    presets()
