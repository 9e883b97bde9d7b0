"""How the forms of decisions are read: one small function per move (see `moves.py`)."""

from collections.abc import Callable
from urllib.parse import urlencode

from bosett_web.accounts.actor import Actor
from bosett_web.actions.decisions import decisions
from bosett_web.actions.decisions.decisions import GivenAnswer
from bosett_web.actions.decisions.held_documents import held, hold
from bosett_web.actions.doing import Invalid, Objected
from bosett_web.actions.pdfs import LARGEST
from bosett_web.screens.forms import Form

YES_NO = {"yes": True, "no": False}


def stands_at(form: Form) -> str:
    """Return where on its screen a form stands: with the municipality that it is about."""
    if form.text("from") == "own":
        return "#answer"
    return f"?{urlencode({'for': form.text('municipality')})}#one"


def answer_of(form: Form, document: tuple[str, bytes]) -> GivenAnswer:
    """Return an answer as it was filled in, with its document.

    Raises:
        Invalid: A number or the day is none.
    """
    return GivenAnswer(
        number=form.number("number"),
        minors=YES_NO.get(form.text("minors")),
        minors_number=form.number("minors_number"),
        more=form.number("more"),
        conditions=form.text("conditions"),
        preliminary=form.text("preliminary") == "yes",
        decided_by=form.text("decided_by"),
        decided_on=form.day("decided_on"),
        case_number=form.text("case_number"),
        document=document,
        older=form.text("older"),
    )


def recorded(function: Callable[..., object], move: str) -> Callable[[Actor, int, Form], object]:
    """Return how an answer is recorded, by the municipality itself or for it.

    The document of a form that is refused is held, so that nobody has to choose it again.
    """

    def doer(actor: Actor, year: int, form: Form) -> object:
        code, reason = form.text("municipality"), form.text("reason")
        document = form.file("attachment", LARGEST)
        if not document[1]:
            document = held(actor, year, code, form.text("held"))
        try:
            request, answer = form.whole("request"), answer_of(form, document)
            return function(actor, year=year, municipality=code, request=request, answer=answer, reason=reason)
        except (Invalid, Objected):
            hold(actor, move=move, year=year, municipality=code, document=document)
            raise

    return doer


def plan(actor: Actor, year: int, form: Form) -> object:
    """Tell when the municipality means to decide."""
    return decisions.plan(actor, year=year, municipality=form.text("municipality"), planned_on=form.day("planned_on"))


def ask_time(actor: Actor, year: int, form: Form) -> object:
    """Ask for more time."""
    until, reason = form.day("until"), form.text("reason")
    return decisions.ask_time(actor, year=year, municipality=form.text("municipality"), until=until, reason=reason)


def give_time(actor: Actor, year: int, form: Form) -> object:
    """Give more time."""
    return decisions.give_time(actor, year=year, municipality=form.text("municipality"))


def refuse_time(actor: Actor, year: int, form: Form) -> object:
    """Refuse more time."""
    municipality, reason = form.text("municipality"), form.text("reason")
    return decisions.refuse_time(actor, year=year, municipality=municipality, reason=reason)


def complete(actor: Actor, year: int, form: Form) -> object:
    """Take a decision as complete."""
    return decisions.complete(actor, year=year, municipality=form.text("municipality"), version=form.whole("version"))


def reasoned(function: Callable[..., object]) -> Callable[[Actor, int, Form], object]:
    """Return how something is said of a decision, with a reason."""
    return lambda actor, year, form: function(
        actor,
        year=year,
        municipality=form.text("municipality"),
        version=form.whole("version"),
        reason=form.text("reason"),
    )
