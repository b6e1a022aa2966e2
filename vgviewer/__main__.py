"""`python -m vgviewer` is the command `vgviewer`."""

import sys

from vgviewer.cli import main

sys.exit(main())
