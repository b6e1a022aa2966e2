"""Watch gradients vanish and explode while a network trains."""

__version__ = "0.1.0"
