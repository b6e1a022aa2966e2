"""The first steps are made without torch's compiler and its symbolic shapes, which nothing here needs and which take
seconds to load."""

import subprocess
import sys

import pytest

UNWANTED = ("torch._dynamo", "torch.fx.experimental.symbolic_shapes", "sympy")
SCRIPT = """
import sys
from pydantic import TypeAdapter
from vgviewer.engine import Trainer
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.experiment import find, load
from vgviewer.experiment.training import Optimizer
preset = load(find("worked-example"))
optimizer = TypeAdapter(Optimizer).validate_json(sys.argv[1])
trainer = Trainer(preset.replace(training=preset.training.replace(optimizer=optimizer, steps=2)))
for _ in range(2):
    trainer.advance()
INSPECTIONS["hops"](trainer)
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


@pytest.mark.parametrize(
    "optimizer",
    [
        '{"type": "sgd", "lr": 0.1}',
        '{"type": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": true}',
        '{"type": "adam", "lr": 0.01}',
        '{"type": "adamw", "lr": 0.01}',
        '{"type": "rmsprop", "lr": 0.01}',
    ],
)
def test_that_training_and_its_account_never_load_the_compiler(optimizer: str) -> None:
    command = [sys.executable, "-c", SCRIPT, optimizer, *UNWANTED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == ""
