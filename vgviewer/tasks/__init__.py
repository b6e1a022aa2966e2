"""What is learned: tasks, their data and baselines. NumPy only."""

from typing import Annotated

from pydantic import Field

from vgviewer.tasks.adding import Adding
from vgviewer.tasks.batches import batches, test_set
from vgviewer.tasks.delayed_echo import DelayedEcho
from vgviewer.tasks.digits import Digits
from vgviewer.tasks.fixed import Fixed
from vgviewer.tasks.spirals import Spirals
from vgviewer.tasks.task import Array, Baseline, Pair, Table, Targets, Task

TASKS: tuple[type[Task], ...] = (Adding, DelayedEcho, Digits, Spirals, Fixed)

AnyTask = Annotated[Adding | DelayedEcho | Digits | Spirals | Fixed, Field(discriminator="type")]

__all__ = ["TASKS", "AnyTask", "Array", "Baseline", "Pair", "Table", "Targets", "Task", "batches", "test_set"]
