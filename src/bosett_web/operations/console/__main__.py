"""`python -m bosett_web.operations.console`: what the launcher begins its children by."""

import sys

from bosett_web.operations.console import main

sys.exit(main())
