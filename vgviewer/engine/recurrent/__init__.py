"""Exact back-propagation through time, by hand: every total derivative that autograd keeps to itself."""

import torch

from vgviewer.engine.recurrent.gru import GruRecurrence
from vgviewer.engine.recurrent.lstm import LstmRecurrence
from vgviewer.engine.recurrent.rnn import RnnRecurrence
from vgviewer.engine.recurrent.tape import Tape

# all are called as apply(x, tape, weight_ih, weight_hh, bias_ih, bias_hh), an LSTM also with weight_peephole at the end
RECURRENCES: dict[str, type[torch.autograd.Function]] = {
    "rnn": RnnRecurrence,
    "echo_state": RnnRecurrence,
    "lstm": LstmRecurrence,
    "gru": GruRecurrence,
}

__all__ = ["RECURRENCES", "Tape"]
