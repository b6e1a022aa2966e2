"""From the description of an optimizer to torch's."""

import torch
from torch import Tensor, nn

from vgviewer.experiment.training import Adam, AdamW, Clip, ClipNorm, Optimizer, RmsProp, Sgd


def build_optimizer(parameters: list[nn.Parameter], description: Optimizer) -> torch.optim.Optimizer:
    """torch's optimizer; foreach and fused variants are left to torch's defaults."""
    match description:
        case Sgd():
            return torch.optim.SGD(
                parameters,
                lr=description.lr,
                momentum=description.momentum,
                nesterov=description.nesterov,
                weight_decay=description.weight_decay,
            )
        case RmsProp():
            return torch.optim.RMSprop(
                parameters,
                lr=description.lr,
                alpha=description.alpha,
                eps=description.eps,
                momentum=description.momentum,
                weight_decay=description.weight_decay,
            )
        case Adam() | AdamW():
            kind = torch.optim.AdamW if isinstance(description, AdamW) else torch.optim.Adam
            return kind(
                parameters,
                lr=description.lr,
                betas=(description.beta1, description.beta2),
                eps=description.eps,
                weight_decay=description.weight_decay,
            )


def clip_(gradients: list[Tensor], clip: Clip | None) -> bool:
    """Clips in place; whether it struck.

    By norm: g ← θ·g/‖g‖ when ‖g‖ > θ, with the norm of all gradients together, in float64.
    Pascanu, Mikolov & Bengio 2013, algorithm 1.
    """
    if clip is None or not gradients:
        return False
    if isinstance(clip, ClipNorm):
        norms = torch.stack([torch.linalg.vector_norm(g, dtype=torch.float64) for g in gradients])
        norm = float(torch.linalg.vector_norm(norms))
        if norm <= clip.value:
            return False
        torch._foreach_mul_(gradients, clip.value / norm)
        return True
    struck = any(float(g.abs().max()) > clip.value for g in gradients)
    for gradient in gradients:
        gradient.clamp_(-clip.value, clip.value)
    return struck
