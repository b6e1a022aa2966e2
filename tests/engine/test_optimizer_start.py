"""The first optimizer is made without torch's compiler, which nothing here needs and which takes seconds to load."""

import subprocess
import sys

SCRIPT = """
import sys
from vgviewer.engine.optimizer import build_optimizer
from vgviewer.experiment.training import Sgd
import torch
weights = torch.nn.Parameter(torch.ones(3))
optimizer = build_optimizer([weights], Sgd(lr=0.1))
optimizer.zero_grad()
print("torch._dynamo" in sys.modules)
"""


def test_that_plain_gradient_descent_never_loads_the_compiler() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "False"
