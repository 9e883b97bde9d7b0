"""What a wheel carries beside our own files: the styles, the typeface and the script that npm has fetched, with terms.

Hatchling runs it for a wheel, and not for the editable install of a checkout, which reads them where npm lays them.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = {
    "@digdir/designsystemet-css": ("designsystemet", "dist"),
    "@fontsource-variable/inter": ("inter", "files"),
    "papaparse": ("papaparse", "papaparse.min.js"),
}


class CarriedParts(BuildHookInterface[Any]):
    """Lays the browser's packages beside the workspace's own files in a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to carry.

        Raises:
            FileNotFoundError: npm has not fetched them.
        """
        if version == "editable":
            return
        for package, (name, part) in CARRIED.items():
            folder = Path(self.root) / "node_modules" / package
            if not (folder / part).exists():
                raise FileNotFoundError(f"{package} is not here: run make setup before a wheel is built")
            place = f"bosett_web/parts/{name}"
            inner = f"{place}/{part}" if (folder / part).is_file() else place
            build_data["force_include"] |= {str(folder / part): inner, str(folder / "LICENSE"): f"{place}/LICENSE"}
