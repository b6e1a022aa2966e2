"""The catalogue of rules, in the order in which they decide a verdict."""

from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import (
    exploding_depth,
    exploding_time,
    non_finite,
    vanishing_depth,
    vanishing_time,
)

RULES: tuple[Rule, ...] = (
    non_finite.RULE,
    exploding_time.RULE,
    exploding_depth.RULE,
    vanishing_time.RULE,
    vanishing_depth.RULE,
)
