"""``python -m ukjapan_graph`` is the command ``ukjapan``."""

import sys

from ukjapan_graph.cli import main

sys.exit(main())
