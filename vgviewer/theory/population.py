"""What the numbers at one place of the network are like, over units and samples: the forward half of mean field."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from vgviewer.theory.quadrature import NODES, Numbers, mean, paired


@dataclass(frozen=True)
class Population:
    """Each unit's number is F(z) of a normal z: `values` float64 (COUNT,) are F at the nodes. For two samples the z of
    one unit are correlated by `correlation` (NaN: not known). `noise` is the variance that dropout adds, fresh for each
    sample."""

    values: Numbers
    correlation: float
    noise: float = 0.0

    @classmethod
    def normal(cls, square: float, common: float, middle: float = 0.0) -> Self:
        """Of mean `middle` and mean square `square`; `common` is the mean product of a unit's numbers in two samples.
        Where both are the sum of many independent terms it is what theory expects: Poole et al. 2016, eqs. 3 and 5."""
        variance = (
            max(square - middle**2, 0.0) if np.isfinite(square) else np.nan
        )  # beyond float64: not known
        shared = (common - middle**2) / variance if variance > 0 else 1.0
        return cls(middle + np.sqrt(variance) * NODES, float(np.clip(shared, -1, 1)))

    @cached_property
    def middle(self) -> float:
        """The mean over the units."""
        return mean(self.values)

    @cached_property
    def square(self) -> float:
        """The mean square over the units."""
        return mean(np.square(self.values)) + self.noise

    @cached_property
    def common(self) -> float:
        """The mean product of one unit's numbers in two samples."""
        return paired(self.values, self.correlation)

    def mapped(self, values: Numbers) -> "Population":
        """After a function of each number; noise has been taken into account by the caller."""
        return replace(self, values=values, noise=0.0)

    @cached_property
    def with_noise(self) -> Numbers:
        """The values, widened by the noise."""
        before = self.square - self.noise
        return self.values * np.sqrt(self.square / before) if self.noise > 0 else self.values

    def plus(self, other: "Population", scale: float) -> "Population":
        """The sum with `scale` times another, whose units are independent: close to normal, and taken as normal."""
        cross = 2 * scale * self.middle * other.middle
        return Population.normal(
            self.square + scale**2 * other.square + cross,
            self.common + scale**2 * other.common + cross,
            self.middle + scale * other.middle,
        )
