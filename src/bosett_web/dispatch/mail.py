"""E-mail of news: one message by the way that the settings name, and what became of it. It raises nothing."""

import smtplib
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage, get_connection


class MailFate(StrEnum):
    """What became of a message: sent, not sent and to be tried again, or nobody knows."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Message:
    """A message to one address; `key` is its own name, the same at each try."""

    to: str
    subject: str
    body: str
    key: str


def is_on() -> bool:
    """Tell whether e-mail is set up here at all."""
    return bool(settings.MAIL_ON)


def send(message: Message) -> tuple[MailFate, str]:
    """Send a message; return what became of it, and why when it is not known to be sent.

    A server that is not reached, or refuses, has sent nothing. One that falls silent as it takes the message may have.
    """
    way = get_connection(fail_silently=False)
    try:
        way.open()
    except (OSError, smtplib.SMTPException) as fault:
        return MailFate.NOT_SENT, type(fault).__name__
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "bosett"
    headers = {"Message-ID": f"<{message.key}@{host}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(message.subject, message.body, to=[message.to], connection=way, headers=headers)
    try:
        mail.send(fail_silently=False)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
        return MailFate.NOT_SENT, type(fault).__name__
    except (OSError, smtplib.SMTPException) as fault:
        return MailFate.UNKNOWN, type(fault).__name__
    finally:
        _close(way)
    return MailFate.SENT, ""


def _close(way: object) -> None:
    """Leave the server; one that has gone away needs no goodbye."""
    try:
        way.close()  # type: ignore[attr-defined]  # every way of Django's has it
    except (OSError, smtplib.SMTPException):
        return
