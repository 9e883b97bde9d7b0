"""`--figures DIR`: the accepted figures that a command reads above those that are shipped."""

import argparse
from pathlib import Path

from bosett.figures import SHIPPED, Layers


def figures_argument(parser: argparse.ArgumentParser) -> None:
    """Add --figures to a command that computes."""
    parser.add_argument(
        "--figures", type=Path, metavar="DIR", help="folder of accepted figures, read above the shipped ones"
    )


def layers_named(args: argparse.Namespace) -> Layers:
    """Return the layers that the user named: the shipped figures alone, or with a folder above them.

    Raises:
        NoFigureFolder: The folder is none of accepted figures.
        DamagedFolder: It is not as it was written.
    """
    if args.figures is None:
        return SHIPPED
    from bosett.sources.figure_folder import read_folder  # noqa: PLC0415  - only a folder needs its reader

    return read_folder(args.figures).layers
