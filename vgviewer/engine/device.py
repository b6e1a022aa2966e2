"""Where torch computes."""

import torch

from vgviewer.experiment import NoDevice


def device(wanted: str) -> torch.device:
    """cpu, cuda, or auto: CUDA where there is one. Raises NoDevice."""
    if wanted == "cpu":
        return torch.device("cpu")
    if torch.cuda.is_available():
        return torch.device("cuda")
    if wanted == "cuda":
        raise NoDevice("training.device: must be cpu or auto here, is cuda, and torch finds no CUDA device")
    return torch.device("cpu")
