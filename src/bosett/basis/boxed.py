"""What runs inside a box (see `box`): its limits are set before anything from outside is looked at."""

import os
import pickle  # from the process that began this one
import resource
import sys

from bosett.basis.box import MEMORY_SPENT


def run(*, seconds: int, memory: int) -> None:
    """Do what stands on the input, within limits of seconds and bytes, and write the answer to the output."""
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    # Should nobody be there any more to stop it. At the first limit the system says why, at the second it only kills.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # What a library prints is no answer.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answer:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            work, given = pickle.load(sys.stdin.buffer)  # noqa: S301  - see above
            answer.write(work(*given))
        except MemoryError:
            os._exit(MEMORY_SPENT)
