"""One canonical text of inputs, and its hash: what a replay is held against, and what names a version of figures."""

import hashlib
import json
from collections.abc import Mapping


def digest(inputs: Mapping[str, object]) -> str:
    """Return the SHA-256 of the inputs as JSON with sorted keys, in hexadecimal."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
