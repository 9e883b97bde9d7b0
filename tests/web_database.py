"""Plugin of pytest: the database of the tests of the workspace.

With DATABASE_URL given the tests run there (its role must be allowed to make databases and roles). Without it an embedded
server is started in a temporary folder, and only when the first test asks for a database: the other tests wait for nothing.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Read by the settings, which pytest-django loads before anything else of ours.
os.environ.setdefault("BOSETT_DEMO", "1")
os.environ.setdefault("BOSETT_TESTING", "1")
os.environ.setdefault("BOSETT_SECRET_KEY", "only-for-tests-" + "x" * 40)
