"""`verify_journal`: hold every event, free text and seal of the journal against its hash."""

from django.core.management.base import BaseCommand, CommandError

from bosett_web.journal.verify import verify


class Command(BaseCommand):
    """Verify the journal."""

    help = "Verify every hash chain of the journal; fails and names the place when one does not hold."

    def handle(self, *args: object, **options: object) -> None:
        """Verify, and tell every fault."""
        found = verify()
        for fault in found.faults:
            self.stderr.write(f"{fault.chain} event {fault.number}: {fault.what}")
        if not found.holds:
            raise CommandError(
                f"{len(found.faults)} faults in {found.events} events. Keep the database as it is and ask why."
            )
        self.stdout.write(f"{found.events} events in {found.chains} chains hold.")
