"""The panes around the network and their named layouts."""

from vgviewer.app.desk.desk import Desk
from vgviewer.app.desk.layouts import LAYOUTS, Layout
from vgviewer.app.desk.pane import Pane, ViewPane

__all__ = ["LAYOUTS", "Desk", "Layout", "Pane", "ViewPane"]
