"""Organisations, the roles (seats) they hold, people, and the grants that let a person act in a seat."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from bosett.basis.languages import LANGUAGES
from bosett.rounds.parties import Grade, Party

PARTIES = [party.value for party in Party if party is not Party.PUBLIC]


class Scheme(models.TextChoices):
    """The colours that a person reads in: as their browser says, light or dark."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Organisation(models.Model):
    """A legal body. The demo's organisation numbers are made up and marked `synthetic`."""

    name = models.TextField()
    orgnr = models.CharField(max_length=9, unique=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="organisation_orgnr_digits", condition=Q(orgnr__regex=r"^\d{9}$"))
        ]

    def __str__(self) -> str:
        return self.name


class PostalAddress(models.Model):
    """Where an organisation gets paper post, with who published it and the day it was known; a line each in `lines`."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="address")
    lines = models.TextField()
    postal_code = models.CharField(max_length=4)
    place = models.TextField()
    publisher = models.TextField()
    known_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="address_postal_code", condition=Q(postal_code__regex=r"^\d{4}$")),
            CheckConstraint(name="address_whole", condition=~Q(lines="") & ~Q(place="")),
        ]

    def __str__(self) -> str:
        return f"{self.postal_code} {self.place}"


class Seat(models.Model):
    """One role of an organisation: Oslo holds two, county and municipality.

    `area` is the county code of a county, the municipality code of a municipality, else empty; `county` the county that
    the area lies in.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    party = models.CharField(max_length=20)
    area = models.CharField(max_length=4, blank=True, default="")
    county = models.CharField(max_length=2, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="seat_once", fields=["party", "area"]),
            CheckConstraint(name="seat_party", condition=Q(party__in=PARTIES)),
            CheckConstraint(
                name="seat_area_fits_party",
                condition=Q(party="county", area__regex=r"^\d{2}$")
                | Q(party="municipality", area__regex=r"^\d{4}$")
                | (~Q(party__in=["county", "municipality"]) & Q(area="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.area}".strip()


class Person(models.Model):
    """Somebody who logs in: known by issuer and the issuer's own name for them; no national identity number is kept.

    `orgnr` is the organisation that the issuer last said the person acts for.
    """

    issuer = models.TextField()
    subject = models.TextField()
    name = models.TextField()
    orgnr = models.CharField(max_length=9)
    language = models.CharField(max_length=2, default="nb")
    scheme = models.CharField(max_length=5, default=Scheme.AUTO)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="person_once", fields=["issuer", "subject"]),
            CheckConstraint(name="person_language", condition=Q(language__in=LANGUAGES)),
            CheckConstraint(name="person_scheme", condition=Q(scheme__in=Scheme.values)),
        ]

    def __str__(self) -> str:
        return self.name


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by what counts on a moment."""

    def in_force(self, at: datetime) -> "GrantQuerySet":
        """Return the grants that give right at a moment: somebody who acts for another organisation now has none."""
        return self.not_ended(at).filter(seat__organisation__orgnr=F("person__orgnr"))

    def not_ended(self, at: datetime) -> "GrantQuerySet":
        """Return the grants that have begun and not run out or been withdrawn, also of those who act for others."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at, withdrawn_at__isnull=True)


class Grant(models.Model):
    """A person's grade in a seat. Lent ones name the grant that they stand in for and end by themselves."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="grants")
    grade = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lent_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="grant_grade", condition=Q(grade__in=[grade.value for grade in Grade])),
            CheckConstraint(name="grant_lent_ends", condition=Q(lent_from__isnull=True) | Q(until__isnull=False)),
            UniqueConstraint(
                name="grant_once",
                fields=["person", "seat", "grade"],
                condition=Q(withdrawn_at__isnull=True, until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.grade} {self.seat_id}"


class AdministratorLink(models.Model):
    """A link by which one person of an organisation becomes its first administrator, once.

    The link's token is kept as its SHA-256 only. `by` is the administrator who made it, None for whoever runs Bosett;
    `replaced_at` the moment at which a new link to the same seat took its place.
    """

    token_sha256 = models.CharField(max_length=64, unique=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="links")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(
                name="link_used_by_somebody",
                condition=Q(used_at__isnull=True, used_by__isnull=True)
                | Q(used_at__isnull=False, used_by__isnull=False),
            ),
            UniqueConstraint(
                name="link_open_once",
                fields=["seat"],
                condition=Q(used_at__isnull=True, replaced_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.until}"


class AlertHow(models.TextChoices):
    """How often a person is sent e-mail of what is new: never, once a day, or when it happens."""

    NEVER = "never"
    DAILY = "daily"
    AT_ONCE = "at_once"


class AlertSettings(models.Model):
    """How a person is told of what is new, and the address that they have given for it; with `never` there is none.

    `since` is the newest event when they asked for it: what was before is not sent. `sent_on` is the day of the last.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="alerts")
    often = models.TextField(default=AlertHow.NEVER)
    address = models.TextField(blank=True, default="")
    since = models.PositiveBigIntegerField(default=0)
    sent_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            CheckConstraint(name="alert_often", condition=Q(often__in=AlertHow.values)),
            CheckConstraint(
                name="alert_address", condition=Q(often="never", address="") | (~Q(often="never") & ~Q(address=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.often}"


class AlertSeen(models.Model):
    """The newest event that a person has marked as read in a role."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    event = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [UniqueConstraint(name="alert_seen_once", fields=["person", "seat"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seat_id} {self.event}"


class AlertState(models.TextChoices):
    """What became of an e-mail: begun is not known yet, lost never will be; failed is tried again."""

    BEGUN = "begun"
    FAILED = "failed"
    SENT = "sent"
    LOST = "lost"


class AlertSent(models.Model):
    """An e-mail of the events after one and up to another, to a person in a role: each is sent once.

    It is written down before it is sent, so that none is sent twice when the worker dies on the way.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    after = models.PositiveBigIntegerField()
    upto = models.PositiveBigIntegerField()
    state = models.TextField(default=AlertState.BEGUN)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    why = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(name="alert_sent_once", fields=["person", "seat", "upto"]),
            CheckConstraint(name="alert_sent_state", condition=Q(state__in=AlertState.values)),
            CheckConstraint(name="alert_sent_forward", condition=Q(upto__gt=F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seat_id} {self.upto}"


class LoginAttempt(models.Model):
    """A try to log in, or a form of somebody who is not logged in, by address: kept for a minute, to slow machines."""

    kind = models.CharField(max_length=5, default="tried")
    address = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [Index(fields=["address", "at"], name="attempt_by_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.address} {self.at}"


class KeptForm(models.Model):
    """What a person sent after their session had ended, for a day: one for each, and only for them in that seat."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="kept_form")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    content = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"
