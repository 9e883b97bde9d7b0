"""Floor 1: letters out of the house: a port, and an adapter for each channel. Knows no table and no rule of the round.

    port_of(choice) -> Dispatch
    Dispatch.send(parcel)        # sent, refused by the service, or unknown
    Dispatch.ask(parcel)         # what became of it, by its reference
    Dispatch.status(external)    # read, on paper, or given up after all
    Dispatch.lacks(parcel)       # what the letter lacks for this channel, as a code

No adapter raises for what a service may do: a time-out, a lost answer and a fault of the service are `Unknown`, and it
is asked by reference before anything is sent again.
"""

from bosett_web.dispatch.channels import Choice, choice_of, port_of
from bosett_web.dispatch.port import (
    Absent,
    Address,
    AlreadySent,
    Channel,
    DeliveryStatus,
    Dispatch,
    Parcel,
    RefusedByService,
    Sent,
    Unknown,
    coded,
)

__all__ = [
    "Absent",
    "Address",
    "AlreadySent",
    "Channel",
    "Choice",
    "DeliveryStatus",
    "Dispatch",
    "Parcel",
    "RefusedByService",
    "Sent",
    "Unknown",
    "choice_of",
    "coded",
    "port_of",
]
