"""What a form carries of a file that was shown: sealed, bound to whom and where it was shown, and good for an hour."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core import signing

from bosett_web.actions.doing import Invalid

HOUR = 3600


def seal(content: Mapping[str, object], shown_to: Sequence[object], *, salt: str) -> str:
    """Return content as a form carries it.

    Args:
        content: What JSON can hold, by name.
        shown_to: The person and seat, and the page where it was shown.
        salt: What the content is for; a seal of one use opens no other.
    """
    return signing.dumps({"for": shown_to, **content}, salt=salt, compress=True)


def unseal(sealed: str, shown_to: Sequence[object], *, salt: str, field: str) -> Mapping[str, Any]:
    """Return the content of a form.

    Raises:
        Invalid: It was shown to somebody else or elsewhere, or too long ago; of the field that is named.
    """
    try:
        content: Mapping[str, Any] = signing.loads(sealed, salt=salt, max_age=HOUR)
    except signing.SignatureExpired:
        raise Invalid(field, "upload_expired") from None
    except signing.BadSignature:
        raise Invalid(field, "upload_foreign") from None
    if content["for"] != list(shown_to):
        raise Invalid(field, "upload_foreign")
    return content
