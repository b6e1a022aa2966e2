"""What is wrong: rules that see vanishing, exploding and non-finite gradients, and the alerts made of them."""

from vgviewer.diagnosis.alert import Alert, Finding
from vgviewer.diagnosis.watch import Watch, verdict

__all__ = ["Alert", "Finding", "Watch", "verdict"]
