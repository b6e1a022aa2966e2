"""Exact back-propagation through time, by hand: every total derivative that autograd keeps to itself."""

import torch

from vgviewer.engine.recurrent.gru import GruRecurrence
from vgviewer.engine.recurrent.lstm import LstmRecurrence
from vgviewer.engine.recurrent.rnn import RnnRecurrence
from vgviewer.engine.recurrent.tape import Tape

RECURRENCES: dict[str, type[torch.autograd.Function]] = {
    "rnn": RnnRecurrence,
    "lstm": LstmRecurrence,
    "gru": GruRecurrence,
}

__all__ = ["RECURRENCES", "Tape"]
