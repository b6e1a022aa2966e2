"""From FILE on the command line to an experiment that can be trained."""

from typing import Any

from pydantic import ValidationError

from vgviewer.experiment import Experiment, PresetError, find, load
from vgviewer.experiment.problems import sentences
from vgviewer.network import Problem


def opened(file: str, **training: Any) -> Experiment:
    """The experiment of a path or a preset's name, with other training settings where they are not None.

    Raises PresetError, also for what keeps the network from being trained.
    """
    experiment = load(find(file))
    changes = {name: value for name, value in training.items() if value is not None}
    try:
        experiment = experiment.replace(training=experiment.training.replace(**changes))
    except ValidationError as error:
        problems = sentences(error, type(experiment.training), changes)
        raise PresetError(file, [Problem(f"training.{p.path}", p.message) for p in problems]) from None
    if experiment.problems:
        raise PresetError(file, experiment.problems)
    return experiment
