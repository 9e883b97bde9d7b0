"""`prepare ROLE`: bring tables, rights, files for the browser and (in the demo) the demo up to date."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from bosett_web.actions.demo import begin
from bosett_web.operations.grants import give

NOT_SERVED = ["player", "tests", "Gruntfile.js"]
"""What comes in the browser's packages beside the files that pages load."""


class Command(BaseCommand):
    """Prepare the workspace before web and worker start; safe to run again."""

    help = "Migrate, give the application's role its rights, gather static files, and fill the demo when it is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the role's name."""
        parser.add_argument("role")

    def handle(self, *args: object, role: str, **options: object) -> None:
        """Prepare."""
        call_command("migrate", interactive=False, verbosity=0)
        give(role)
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=NOT_SERVED)
        if settings.DEMO:
            begin()
