"""``python -m app.cli`` is ``nabla``."""

import sys

from app.cli import main

sys.exit(main())
