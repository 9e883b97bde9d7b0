"""Bosett: the workspace for Norway's yearly round of refugee settlement.

This package is the core: no web, no database, no clock. Its packages stand on floors (see `docs/adr/0002-floors.md`);
each imports only from lower floors.
"""

__version__ = "0.1.0"
