"""`give_rights ROLE`: give the application's role its rights, after every migration."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from bosett_web.operations.database_rights import give


class Command(BaseCommand):
    """Give the application's role its rights on the tables."""

    help = "Give the application's database role its rights (the journal: only to add)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the role's name."""
        parser.add_argument("role")

    def handle(self, *args: object, role: str, **options: object) -> None:
        """Give the rights."""
        give(role)
