"""What is learned: tasks, their data and baselines. NumPy only."""

from typing import Annotated

from pydantic import Field

from vgviewer.tasks.adding import Adding
from vgviewer.tasks.arrays import Arrays
from vgviewer.tasks.batches import batches, test_set
from vgviewer.tasks.characters import Characters
from vgviewer.tasks.copy_memory import CopyMemory
from vgviewer.tasks.delayed_echo import DelayedEcho
from vgviewer.tasks.digits import Digits
from vgviewer.tasks.fixed import Fixed
from vgviewer.tasks.parity import Parity
from vgviewer.tasks.plane import Circles, Moons, Spirals, Xor
from vgviewer.tasks.random import Random
from vgviewer.tasks.sine import Sine
from vgviewer.tasks.tables import Csv
from vgviewer.tasks.task import Array, Baseline, Pair, Table, Targets, Task
from vgviewer.tasks.temporal_order import TemporalOrder
from vgviewer.tasks.time_series import TimeSeries

TASKS: tuple[type[Task], ...] = (
    Adding,
    DelayedEcho,
    CopyMemory,
    TemporalOrder,
    Parity,
    Characters,
    TimeSeries,
    Digits,
    Xor,
    Moons,
    Circles,
    Spirals,
    Sine,
    Random,
    Fixed,
    Csv,
    Arrays,
)

AnyTask = Annotated[
    Adding
    | DelayedEcho
    | CopyMemory
    | TemporalOrder
    | Parity
    | Characters
    | TimeSeries
    | Digits
    | Xor
    | Moons
    | Circles
    | Spirals
    | Sine
    | Random
    | Fixed
    | Csv
    | Arrays,
    Field(discriminator="type"),
]

__all__ = [
    "TASKS",
    "AnyTask",
    "Array",
    "Arrays",
    "Baseline",
    "Csv",
    "Pair",
    "Table",
    "Targets",
    "Task",
    "batches",
    "test_set",
]
