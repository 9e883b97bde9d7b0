"""A day on the command line."""

import argparse
from datetime import date


def day(text: str) -> date:
    """Read a day such as 2020-05-19."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2020-05-19") from None
