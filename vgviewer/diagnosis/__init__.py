"""What is wrong: rules that see vanishing, exploding and non-finite gradients, and the alerts made of them."""

from vgviewer.diagnosis.alert import Alert, Cause, Finding, Hop
from vgviewer.diagnosis.verdict import reason, verdict
from vgviewer.diagnosis.watch import Watch

__all__ = ["Alert", "Cause", "Finding", "Hop", "Watch", "reason", "verdict"]
