"""`vgviewer gradients`: one batch's exact gradients as data."""

import io
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from vgviewer.cli.opening import opened
from vgviewer.cli.options import File, Seed
from vgviewer.cli.refusal import Refusal
from vgviewer.experiment.saver import save_bytes

Out = Annotated[Path, typer.Option("--out", metavar="OUT.npz", help="Where to write.")]


def gradients(
    file: File,
    out: Out,
    step: Annotated[
        int, typer.Option("--step", min=0, max=10_000_000, help="Train so many steps first.")
    ] = 0,
    seed: Seed = None,
    batch: Annotated[int | None, typer.Option("--batch", help="Another batch size.")] = None,
    float64: Annotated[
        bool, typer.Option("--float64", help="Compute and write in double precision.")
    ] = False,
) -> None:
    """Write one batch's exact gradients and all that is needed to recompute them."""
    if out.suffix != ".npz":
        raise Refusal(f"--out: must end with .npz, is {out.name}")
    experiment = opened(file, seed=seed, batch_size=batch)
    from vgviewer import engine

    try:
        arrays = engine.gradients(experiment, step, float64)
    except engine.Diverged as error:
        raise Refusal(f"--step: {error}; take at most {error.step}") from None
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    save_bytes(content.getvalue(), out)
    typer.echo(f"{out}: {len(arrays)} arrays", err=True)
