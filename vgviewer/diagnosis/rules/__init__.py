"""The catalogue of rules: first those that explain most; `not_learning` is judged when all others have spoken."""

from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import (
    cut_off,
    dead_units,
    exploding_depth,
    exploding_time,
    exploding_training,
    non_finite,
    not_learning,
    saturated,
    update_ratio,
    vanishing_depth,
    vanishing_time,
    weights_growing,
)

RULES: tuple[Rule, ...] = (
    non_finite.RULE,
    exploding_time.RULE,
    exploding_depth.RULE,
    exploding_training.RULE,
    vanishing_time.RULE,
    vanishing_depth.RULE,
    dead_units.RULE,
    saturated.RULE,
    cut_off.RULE,
    weights_growing.RULE,
    update_ratio.RULE,
    not_learning.RULE,
)
