"""Verifying the journal: every chain from its first event to its seal, and every free text against its hash."""

import json
from dataclasses import dataclass

from bosett_web.journal.models import Event, FreeText, Head
from bosett_web.journal.write import sha256


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place where the journal does not hold: chain, number of the event (0 for the seal) and what is wrong."""

    chain: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The result: chains and events looked at, and every fault found."""

    chains: int
    events: int
    faults: tuple[ChainFault, ...]

    @property
    def holds(self) -> bool:
        """Tell whether nothing was found."""
        return not self.faults


COLUMNS = ("chain", "number", "name", "round", "subject", "person", "seat")


def verify() -> Verified:
    """Read every chain and hold each event against the one before, its columns against its body, and the seal."""
    faults: list[ChainFault] = []
    heads = {head.chain: head for head in Head.objects.order_by("chain")}
    last: dict[str, tuple[int, str]] = {}
    texts_of: dict[int, dict[str, tuple[str, str]]] = {}
    for text in FreeText.objects.order_by("pk").iterator(chunk_size=2000):
        texts_of.setdefault(text.event_id, {})[text.field] = (text.text, text.sha256)
    count = 0
    for event in Event.objects.order_by("chain", "number").iterator(chunk_size=2000):
        count += 1
        number, previous = last.get(event.chain, (0, ""))
        if event.number != number + 1:
            faults.append(ChainFault(event.chain, event.number, f"follows number {number}: events are missing"))
        if event.previous != previous or event.hash != sha256(event.previous + event.body):
            faults.append(ChainFault(event.chain, event.number, "the hash does not fit: the event was changed"))
        body = json.loads(event.body)
        faults.extend(
            ChainFault(event.chain, event.number, f"column {name} differs from what was hashed")
            for name in COLUMNS
            if body[name] != getattr(event, name)
        )
        own = texts_of.pop(event.pk, {})
        if {name: sha256(text) for name, (text, _) in own.items()} != body["texts"]:
            faults.append(ChainFault(event.chain, event.number, "a free text was changed"))
        last[event.chain] = (event.number, event.hash)
    for chain, head in heads.items():
        if (head.number, head.hash) != last.get(chain, (0, "")):
            faults.append(ChainFault(chain, 0, "the seal does not fit the last event"))
    faults.extend(ChainFault(chain, 0, "the chain has no seal") for chain in last if chain not in heads)
    return Verified(len(heads), count, tuple(faults))
