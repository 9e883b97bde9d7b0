"""`demo`: fill an empty workspace with the rounds of 2020 and 2021 as they stood on 19.05.2020."""

from django.core.management.base import BaseCommand

from bosett_web.actions.round.demo import begin


class Command(BaseCommand):
    """Fill an empty workspace with the demo."""

    help = "Fill an empty workspace with the demo of 19.05.2020; a workspace that holds a round is left alone."

    def handle(self, *args: object, **options: object) -> None:
        """Fill it, and say what was done."""
        self.stdout.write("The demo of 19.05.2020 is ready." if begin() else "The workspace holds a round already.")
