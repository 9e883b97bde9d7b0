"""Logging in to a role, and what a person sets for themselves."""

from django.db import transaction

from bosett_web.accounts.actor import Actor, actor_of
from bosett_web.accounts.models import Grant, Person
from bosett_web.actions.doing import Invalid, action, note
from bosett_web.journal.models import Event
from bosett_web.journal.write import Entry
from bosett_web.records import clock


def log_in(grant: int, *, demo: bool) -> Event:
    """Log that a person takes on a role.

    Args:
        grant: The grant that gives the role.
        demo: True when it is chosen in the demo, where only its own people may be.

    Raises:
        Invalid: The grant gives no right now.
    """
    with transaction.atomic(durable=True):
        actor = actor_of(grant, clock.now())
        if actor is None or (demo and not Grant.objects.filter(pk=grant, person__issuer="demo").exists()):
            raise Invalid("grant", "grant_gone")
        facts = {"party": actor.party, "area": actor.area, "grade": actor.grade}
        return note(actor, Entry("access.login", f"person:{actor.person_id}", None, {}, facts))


@action
def set_display(actor: Actor, /, *, language: str, scheme: str) -> Event:
    """Set a person's language and colours.

    Raises:
        Invalid: There is no such language or scheme.
    """
    if language not in ("nb", "nn", "en"):
        raise Invalid("language", "unknown_language")
    if scheme not in ("auto", "light", "dark"):
        raise Invalid("scheme", "unknown_scheme")
    Person.objects.filter(pk=actor.person_id).update(language=language, scheme=scheme)
    before = {"language": actor.language, "scheme": actor.scheme}
    after = {"language": language, "scheme": scheme}
    return note(actor, Entry("access.display", f"person:{actor.person_id}", None, before, after))
