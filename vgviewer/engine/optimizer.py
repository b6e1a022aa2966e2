"""From the description of an optimizer to torch's."""

import inspect

import torch
from torch import Tensor, nn

from vgviewer.experiment.training import Adam, AdamW, Clip, ClipNorm, Optimizer, RmsProp, Sgd


def _compile_nothing() -> None:
    """WORKAROUND for https://github.com/pytorch/pytorch/blob/v2.13.0/torch/_compile.py: the first optimizer loads the
    compiler, as long as torch itself takes, only to mark four methods as not to be compiled. Nothing is compiled here,
    so that each may stand for its own marked form. Where a later torch does it another way, this finds nothing."""
    for method in vars(torch.optim.Optimizer).values():
        code, plain = getattr(method, "__code__", None), getattr(method, "__wrapped__", None)
        if plain is not None and code is not None and code.co_filename.endswith("_compile.py"):
            setattr(plain, "__dynamo_disable", plain)


_compile_nothing()


def build_optimizer(parameters: list[nn.Parameter], description: Optimizer) -> torch.optim.Optimizer:
    """torch's optimizer, in the variant that takes all parameters at once: a loop over many layers is slow."""
    match description:
        case Sgd():
            return torch.optim.SGD(
                parameters,
                lr=description.lr,
                momentum=description.momentum,
                nesterov=description.nesterov,
                weight_decay=description.weight_decay,
                fused=True,
            )
        case RmsProp():
            return torch.optim.RMSprop(
                parameters,
                lr=description.lr,
                alpha=description.alpha,
                eps=description.eps,
                momentum=description.momentum,
                weight_decay=description.weight_decay,
                foreach=True,
            )
        case Adam() | AdamW():
            kind = torch.optim.AdamW if isinstance(description, AdamW) else torch.optim.Adam
            return kind(
                parameters,
                lr=description.lr,
                betas=(description.beta1, description.beta2),
                eps=description.eps,
                weight_decay=description.weight_decay,
                fused=True,
            )


@torch.no_grad()
def step_(optimizer: torch.optim.Optimizer) -> None:
    """Its own step, without what torch wraps around it: that loads the compiler at the first step, only to tell it that
    nothing is to be compiled across it."""
    inspect.unwrap(type(optimizer).step)(optimizer)


def plain_rate(optimizer: torch.optim.Optimizer | None) -> float | None:
    """η where a step is w ← w − η g and nothing else."""
    if not isinstance(optimizer, torch.optim.SGD):
        return None
    (group,) = optimizer.param_groups
    rate: float = group["lr"]
    return None if group["momentum"] or group["weight_decay"] else rate


def plain_step(learned: list[nn.Parameter], gradients: list[Tensor], rate: float) -> list[Tensor]:
    """w ← w − η g into new memory; returns the weights before the step, which need not be copied then."""
    before = [parameter.data for parameter in learned]
    for parameter, now in zip(learned, torch._foreach_add(before, gradients, alpha=-rate), strict=True):
        parameter.data = now
    return before


def clip_(gradients: list[Tensor], clip: Clip | None, size: float) -> bool:
    """Clips in place; whether it struck. `size` is the gradients' norm.

    By norm: g ← θ·g/‖g‖ when ‖g‖ > θ, with the norm of all gradients together, in float64.
    Pascanu, Mikolov & Bengio 2013, algorithm 1.
    """
    if clip is None or not gradients:
        return False
    if isinstance(clip, ClipNorm):
        if size <= clip.value:
            return False
        torch._foreach_mul_(gradients, clip.value / size)
        return True
    struck = any(float(g.abs().max()) > clip.value for g in gradients)
    for gradient in gradients:
        gradient.clamp_(-clip.value, clip.value)
    return struck
