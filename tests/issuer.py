"""The process of the issuer by which people log in: `provider`, begun and told whom it vouches for."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from workspace import free_port

CLIENT, SECRET = "bosett", "only-for-tests"


class Provider:
    """The issuer's process. Its address is another site than the workspace's, as in the world."""

    def __init__(self, redirect_uri: str) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.redirect_uri = redirect_uri

    def start(self) -> None:
        program = Path(__file__).with_name("provider.py")
        command = [sys.executable, str(program), str(self.port), CLIENT, SECRET, self.redirect_uri]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                requests.get(f"{self.address}/jwks", timeout=5)
            except requests.RequestException:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the issuer did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def knows(self, subject: str, *numbers: int | str, **claims: object) -> None:
        """Let the issuer vouch for a person who acts for organisations."""
        details = [{"type": "ansattporten:orgno", "orgno": {"ID": f"0192:{number}"}} for number in numbers]
        claimed = {"name": f"Named {subject}", "acr": "substantial", "authorization_details": details, **claims}
        kept = {name: value for name, value in claimed.items() if value is not None}
        assert requests.put(f"{self.address}/users/{subject}", json=kept, timeout=20).status_code == 204
