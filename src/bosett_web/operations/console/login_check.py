"""`bosett-web login-check`."""

import argparse
import os

from django.urls import reverse

from bosett_web.operations.console import DONE, FOUND, say
from bosett_web.operations.console.first_admin import own_address
from bosett_web.screens.access.issuer import login_settings
from bosett_web.screens.access.login_check import try_login
from bosett_web.screens.words import say as words_of


def run(args: argparse.Namespace) -> int:
    """Try the login as far as it goes without a person, and tell what is wrong and what to do."""
    place = (args.address or own_address(os.environ)).rstrip("/")
    findings = list(try_login(login_settings(f"{place}{reverse('login_callback')}")))
    for each in findings:
        sentence = words_of(each.words, "en", **each.facts)
        say(f"{'in order' if each.holds else 'wrong'}: {sentence}")
    return DONE if all(each.holds for each in findings) else FOUND
