"""What is computed only when somebody asks, on a copy of the network: the run goes on as if nobody had looked."""

from collections.abc import Callable

from vgviewer.engine.inspections.answers import answers
from vgviewer.engine.inspections.hops import hops
from vgviewer.engine.inspections.jacobians import jacobians
from vgviewer.engine.inspections.reach import reach
from vgviewer.engine.train import Trainer
from vgviewer.frames import Inspection, InspectionKind

INSPECTIONS: dict[InspectionKind, Callable[[Trainer], Inspection]] = {
    "reach": reach,
    "jacobians": jacobians,
    "hops": hops,
    "answers": answers,
}
