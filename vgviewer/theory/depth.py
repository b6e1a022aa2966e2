"""Layers without memory: what they expect to pass on, and what they let through on the way back."""

import math
from dataclasses import dataclass

import numpy as np

from vgviewer.network import Output
from vgviewer.network.initializers import Default
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.skip import Skip
from vgviewer.theory.activations import respond
from vgviewer.theory.mean_field import FixedPoint, fixed_point
from vgviewer.theory.population import Population
from vgviewer.theory.quadrature import NODES, Numbers, mean, paired
from vgviewer.theory.weights import Entries, bias_entries, entries

FEWEST_ROWS = 4  # with fewer in a batch, batch norm's factor 1/variance has no mean


@dataclass(frozen=True)
class Passage:
    """`factor` multiplies the mean square of the gradient from output to input, beside φ′², whose `slopes` are given at
    the nodes (None: no activation); NaN where it is not known. `aside` is the factor to the source of a skip.

    `mixes`: each input gets a random mixture of all outputs' gradients, or of two ways. `shares` is the number of rows
    that share a batch norm. `variance` is the mean square q of the pre-activations."""

    output: Population
    factor: float
    slopes: Numbers | None = None
    mixes: bool = True
    aside: float = 0.0
    shares: int | None = None
    variance: float | None = None
    settled: FixedPoint | None = None

    def gain(self, pattern: Numbers) -> float:
        """The whole factor on the mean square, when the gradient that arrives has this `pattern` over the nodes: the
        slopes of layers above that did not mix the units."""
        kept = self.factor if self.shares is None else self.factor * _kept(pattern, self.shares)
        before = mean(np.square(pattern))
        return kept * mean(np.square(self.below(pattern))) / before if before > 0 else 0.0 * kept

    def below(self, pattern: Numbers) -> Numbers:
        """The pattern after the slopes of this layer."""
        return pattern if self.slopes is None else self.slopes * pattern


def dense(layer: Dense | Output, rows: int, columns: int, entering: Population) -> Passage:
    """z = W a + b, then φ. Poole et al. 2016, eq. 3; backward Schoenholz et al. 2017, eq. 11, with the widths apart:
    rows · E[w²] · E[φ′(z)²]."""
    weight = entries(layer.weight_init, rows, columns)
    bias = bias_entries(layer.bias_init, rows, columns) if layer.bias else Entries(0.0)
    before = _mixed(weight, bias, columns, entering)
    response = respond(layer.activation, before.values, rows)
    settled = None
    if layer.activation != "softmax" and not weight.middle and not bias.middle:
        settled = fixed_point(layer.activation, columns * weight.square, bias.square)
    unknown = math.nan if weight.middle else 1.0
    return Passage(
        before.mapped(response.values),
        rows * weight.square * unknown,
        response.slopes,
        mixes=weight.copies is None,
        variance=before.square,
        settled=settled,
    )


def embedding(layer: Embedding, symbols: int, entering: Population) -> Passage:
    """One row, of variance 1, for each symbol: a dense layer on one-hot rows."""
    return Passage(Population.normal(1.0, symbols * entering.common), layer.size * 1.0)


def activation(layer: Activation, units: int, entering: Population) -> Passage:
    response = respond(layer.function, entering.with_noise, units)
    return Passage(entering.mapped(response.values), 1.0, response.slopes, mixes=False)


def dropout(layer: Dropout, entering: Population) -> Passage:
    """mask/(1 − p) has the mean square 1/(1 − p), forward and backward alike. Schoenholz et al. 2017, section 4."""
    widened = 1 / (1 - layer.p)
    noise = entering.square * (widened - 1) + entering.noise
    return Passage(Population(entering.values, entering.correlation, noise), widened, mixes=False)


def layer_norm(layer: LayerNorm, units: int, entering: Population) -> Passage:
    """Divides by the deviation over the units; two directions of the gradient are lost. Xu et al. 2019, 1911.07013."""
    middle = entering.middle
    scale = math.sqrt(entering.square - middle**2 + layer.eps)
    values = (entering.with_noise - middle) / scale
    return Passage(entering.mapped(values), max(0.0, 1 - 2 / units) / scale**2, mixes=False)


def batch_norm(layer: BatchNorm, rows: int, entering: Population) -> Passage:
    """`rows` samples (and timesteps) share mean and variance.

    Yang et al. 2019, arXiv 1902.08129: the normalized numbers of a batch are spread evenly over a sphere, their radius
    is independent of their direction, and the gradient loses its mean and its part along them. For rows → ∞ and relu
    each layer then gives π/(π − 1).
    """
    spread = entering.square - entering.common
    if rows < FEWEST_ROWS:
        return Passage(Population(np.full_like(NODES, math.nan), math.nan), math.nan)
    normalized = Population(NODES, -1 / (rows - 1))
    return Passage(normalized, rows / (rows - 3) / (spread + layer.eps), mixes=False, shares=rows)


def _kept(slopes: Numbers, rows: int) -> float:
    """The share of a gradient with these slopes that mean and own direction do not take; of one that sums to 0 over
    the batch, as that behind another batch norm does."""
    correlation = -1 / (rows - 1)
    along = slopes * NODES
    steepness = mean(np.square(slopes))
    taken = steepness - paired(slopes, correlation) + mean(np.square(along)) - paired(along, correlation)
    return max(0.0, 1 - taken / (rows * steepness)) if steepness > 0 else 0.0


def skip(layer: Skip, shape: tuple[int, int] | None, entering: Population, source: Population) -> Passage:
    """y = h + scale · f, or scale · (W f + b) with a W of `shape`. The two ways back are taken as independent."""
    if shape is None:
        return Passage(entering.plus(source, layer.scale), 1.0, aside=layer.scale**2)
    rows, columns = shape
    weight = entries(Default(), rows, columns)
    mapped = _mixed(weight, bias_entries(Default(), rows, columns), columns, source)
    return Passage(entering.plus(mapped, layer.scale), 1.0, aside=layer.scale**2 * rows * weight.square)


def _mixed(weight: Entries, bias: Entries, columns: int, entering: Population) -> Population:
    """Pre-activations: normal, unless every unit takes one number alone."""
    if weight.middle:
        return Population(np.full_like(NODES, math.nan), math.nan)
    spread = bias.square - bias.middle**2
    if weight.copies is not None and spread == 0:
        return entering.mapped(weight.copies * entering.with_noise + bias.middle)
    share = columns * weight.square
    return Population.normal(
        share * entering.square + bias.square, share * entering.common + bias.square, bias.middle
    )
