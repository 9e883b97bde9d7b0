"""Sessions that find no space: what was done stands, and nobody is let in without one."""

from django.contrib.sessions import middleware
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from bosett_web.records import space
from bosett_web.screens.frame import no_space


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's own, but for a database that has no space for a session."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session.

        Where there is no space for it, an answer to somebody who is logged in stands, as what it tells of has been
        saved: all that is lost is a message for the next page. To anybody else the lack is told.
        """
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not space.is_no_space(error):
                raise
        space.tell_full()
        return response if request.actor else no_space(request)
