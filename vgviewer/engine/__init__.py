"""How it runs: torch networks with exact gradients through time. The only room that imports torch.

Shape letters: B batch, T timesteps, F features, H units, K outputs, G gates. Inside the engine sequences are
(T, B, ·), so that each timestep is one block of memory; whatever leaves it is batch first.
"""

from vgviewer.engine.gradients import Diverged, gradients
from vgviewer.engine.train import Trainer, train
from vgviewer.engine.warm import warm_up

__all__ = ["Diverged", "Trainer", "gradients", "train", "warm_up"]
