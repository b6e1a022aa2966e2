"""What is asked: an experiment (network, task, training) and its file."""

from vgviewer.experiment.annotations import Annotation
from vgviewer.experiment.experiment import AlertKind, Experiment, Thresholds
from vgviewer.experiment.preset import ENDING, dumps, load, loads, located, save
from vgviewer.experiment.presets import Card, find, own, shipped
from vgviewer.experiment.reading import PresetError
from vgviewer.experiment.saver import SaveError
from vgviewer.experiment.training import NoDevice, Training
from vgviewer.network import Problem

__all__ = [
    "ENDING",
    "AlertKind",
    "Annotation",
    "Card",
    "Experiment",
    "NoDevice",
    "PresetError",
    "Problem",
    "SaveError",
    "Thresholds",
    "Training",
    "dumps",
    "find",
    "load",
    "loads",
    "located",
    "own",
    "save",
    "shipped",
]
