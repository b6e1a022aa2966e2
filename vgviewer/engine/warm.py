"""Loading everything that the first training step would have to wait for."""

from vgviewer.engine.train import train
from vgviewer.experiment import Experiment, Training
from vgviewer.network import Network
from vgviewer.tasks.fixed import Fixed


def warm_up() -> None:
    """Trains a linear model of one weight for one step; the first optimizer loads much of torch."""
    task = Fixed(inputs=[[1.0]], targets=[[1.0]])
    experiment = Experiment(network=Network(layers=()), task=task, training=Training(steps=1))
    for _ in train(experiment):
        continue
