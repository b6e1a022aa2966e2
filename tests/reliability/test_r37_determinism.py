"""R37: the same seed gives the same run, bit for bit, through the file and in another process."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from tests.engine.cases import LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from tests.reliability.run_hash import run_hash
from vgviewer.experiment import load, save

ROOT = Path(__file__).parents[2]
TIMES = 10
SEED = 7
EVERYTHING: Preset = preset(
    layer("lstm", units=24, forget_bias={"type": "chrono", "t_max": 30}),
    layer("dropout", p=0.3),
    layer("gru", units=20, recurrent_init={"type": "orthogonal"}),
    LAST,
    layer("batch_norm"),
    layer("dense", units=16, activation="relu"),
    layer("skip", **{"from": "last1"}),
    task={"type": "digits", "as": "rows"},
    steps=25,
    batch_size=16,
    seed=SEED,
    optimizer={"type": "adam", "lr": 0.01},
    clip={"type": "norm", "value": 0.5},
)


def test_that_the_same_seed_gives_the_same_run_ten_times(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    experiment = experiment_of(EVERYTHING)
    path = tmp_path / "again.vgnet.json"
    hashes = []
    for turn in range(count(TIMES) - 2):
        torch.manual_seed(turn)  # what others do with the global streams must not matter
        np.random.seed(turn)  # noqa: NPY002
        save(experiment, path)
        experiment = load(path)
        hashes.append(run_hash(experiment))
    words = [sys.executable, "-m", "tests.reliability.run_hash", str(path)]
    for _ in range(2):
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
        hashes.append(done.stdout.strip())
    same = sum(one == hashes[0] for one in hashes)
    value = {"runs": len(hashes), "same": same}
    told = "same seed, same run bit for bit, 10 of 10, across save and load and processes"
    assert scoreboard("R37", told, value, same == len(hashes) == count(TIMES), seed=SEED)


def test_that_another_seed_gives_another_run() -> None:
    training = EVERYTHING["training"] | {"steps": 2}
    hashes = {
        run_hash(experiment_of(EVERYTHING | {"training": training | {"seed": seed}})) for seed in range(3)
    }
    assert len(hashes) == 3


def test_that_one_bit_of_one_number_is_another_run() -> None:
    training = EVERYTHING["training"] | {"steps": 2}
    plain = experiment_of(EVERYTHING | {"training": training})
    nudged = experiment_of(
        EVERYTHING | {"training": training | {"optimizer": {"type": "adam", "lr": 0.01000001}}}
    )
    assert run_hash(plain) != run_hash(nudged)
