"""A cluster that makes paths, when the address of one is given; without one there is nobody but this process."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib import import_module

from bosett.basis.refusals import Refusal


class NoCluster(Refusal):
    """A cluster is asked for that cannot be reached."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"--cluster {address}: {why}")
        self.address = address


@contextmanager
def cluster_at(address: str | None) -> Iterator[Executor | None]:
    """Give what runs work on a cluster while it is needed; None without an address.

    Raises:
        NoCluster: `distributed` is not installed, or nobody answers at the address.
    """
    if address is None:
        yield None
        return
    try:
        # An extra of its own: a large part that a single machine has no use for.
        distributed = import_module("distributed")
    except ModuleNotFoundError:
        raise NoCluster(
            address, "the package `distributed` is not installed; `pip install 'bosett[cluster]'`"
        ) from None
    try:
        client = distributed.Client(address)
    except OSError as fault:  # what it raises when nobody answers in time is one of these
        raise NoCluster(address, f"nobody answers there ({fault})") from None
    with client:
        yield client.get_executor()
