"""The occasion itself, its series, programme and presiding leaders."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Final, Self

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from enterprises.permissions import roles_of
from events.enums import LIVE, Access, Action, Kind, Presence, PresidingRole, Stage
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import ADMINISTRATORS, Right, hats_of
from liaison.files.models import StoredFile, forget_bytes

if TYPE_CHECKING:
    from events.models.event import OccasionEvent

MAX_TITLE: Final = 80
MAX_SUMMARY: Final = 3000
MOST_SEATS: Final = 100_000
MOST_FILES: Final = 40
"Papers of one occasion: programme, slides, photographs."


def new_uid() -> str:
    """A name for calendar programmes that no other occasion in the world has."""
    return str(uuid.uuid4())


class Series(models.Model):
    """Numbered occasions of one sort: 畅聊早餐会第 13 期."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    action = models.CharField(_("action"), max_length=12, choices=Action)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class OccasionQuerySet(models.QuerySet["Occasion"]):
    """Occasions by who may read them and when they are."""

    def visible_to(self, user: User | None) -> Self:
        """All that ``user`` (None: a visitor) may read; permissions.may_view answers the same for one occasion."""
        known = Q(access=Access.PUBLIC) & ~Q(stage=Stage.PLANNED)
        if user is None:
            return self.filter(known)
        hats = hats_of(user)
        if hats.may(Right.MANAGE_MEETINGS):
            return self
        known |= Q(pk__in=Presiding.objects.filter(leader__in=hats.owner_ids).exclude(state=Presence.REPLACED).values("occasion"))
        if hats.duties - ADMINISTRATORS:
            known |= ~Q(stage=Stage.PLANNED)
        # Plain ids: PostgreSQL then finds a firm's invitations by an index, however many there are.
        invitations = apps.get_model("events", "Invitation")._default_manager  # noqa: SLF001 - it stands above this model
        invited = invitations.filter(enterprise__in=list(roles_of(user)), state__in=SEEN)
        known |= ~Q(stage=Stage.PLANNED) & Q(pk__in=invited.values("occasion"))
        return self.filter(known)

    def public(self) -> Self:
        """What everybody may read."""
        return self.visible_to(None)

    def to_come(self, now: datetime) -> Self:
        """Not over, and not called off."""
        return self.filter(ends_at__gte=now, stage__in=[Stage.PLANNED, Stage.PUBLISHED])

    def for_list(self) -> Self:
        """With all that a row of a list shows."""
        return self.select_related("series", "host_unit")


SEEN: Final = frozenset({*LIVE, "declined", "lapsed"})
"States of an invitation that let its firm see the occasion."


class Occasion(models.Model):
    """One meeting or activity. ``stage`` is written only by events.actions."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    series = models.ForeignKey(Series, models.PROTECT, null=True, blank=True, related_name="occasions", verbose_name=_("series"))
    number = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    action = models.CharField(_("action"), max_length=12, choices=Action)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.INVITED)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.PLANNED)
    title = models.CharField(pgettext_lazy("occasion", "title"), max_length=MAX_TITLE)
    summary = models.TextField(_("what it is about"), max_length=MAX_SUMMARY, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=120)
    capacity = models.PositiveIntegerField(
        _("places for enterprises"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)],
    )
    reply_by = models.DateTimeField(_("answer by"))
    host_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("organised by"))
    co_units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("co-organisers"))
    by_application = models.BooleanField(_("enterprises may apply"), default=False)
    asks_diet = models.BooleanField(_("ask about food"), default=False)
    asks_plate = models.BooleanField(_("ask for number plates"), default=False)
    principal_only = models.BooleanField(_("a substitute must be approved"), default=False)
    booklets = models.PositiveIntegerField(_("booklets handed out"), default=0)
    uid = models.CharField(max_length=60, unique=True, default=new_uid, editable=False)
    "Names the occasion in calendar programmes; never changes."
    sequence = models.PositiveIntegerField(default=0, editable=False)
    "How often time, place or state changed (RFC 5545 §3.8.7.4); only ever grows."
    version = models.PositiveIntegerField(default=0, editable=False)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False, verbose_name=_("planned by"))
    planned_at = models.DateTimeField(_("planned at"), editable=False)
    changed_at = models.DateTimeField(_("changed at"), editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True, editable=False)
    cloned_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)
    objects = OccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("occasion")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="occasion_number_once"),
            models.CheckConstraint(
                name="occasion_number_with_series", condition=Q(series=None, number=None) | Q(series__isnull=False)
            ),
            models.CheckConstraint(name="occasion_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="occasion_answers_before_it_begins", condition=Q(reply_by__lte=F("starts_at"))),
            models.CheckConstraint(name="occasion_stage_known", condition=Q(stage__in=Stage.values)),
            models.CheckConstraint(name="occasion_capacity_positive", condition=Q(capacity=None) | Q(capacity__gte=1)),
            models.CheckConstraint(name="occasion_cancelled_has_reason", condition=~Q(stage=Stage.CANCELLED) | ~Q(reason="")),
            models.CheckConstraint(
                name="occasion_published_has_time",
                condition=Q(stage__in=[Stage.PLANNED, Stage.CANCELLED]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="occasion_applications_not_internal", condition=Q(by_application=False) | ~Q(access=Access.INTERNAL)
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="occasion_by_start"),
            models.Index(fields=["kind", "starts_at", "id"], name="occasion_by_kind"),
            models.Index(fields=["ends_at"], name="occasion_to_come", condition=Q(stage__in=["planned", "published"])),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.number_words}"

    def get_absolute_url(self) -> str:
        """The occasion's page."""
        return reverse("events:detail", args=[self.slug])

    @property
    def number_words(self) -> str:
        """``(第 13 期)``; nothing before it has a number."""
        if self.number is None:
            return ""
        return f" (No. {self.number})" if get_language() == "en" else self.number_in_chinese

    @property
    def number_in_chinese(self) -> str:
        """As papers have it, whatever language the reader has."""
        return "" if self.number is None else f"(第 {self.number} 期)"

    @property
    def is_over(self) -> bool:
        """Held."""
        return self.stage in {Stage.HELD, Stage.MINUTED, Stage.CLOSED}

    @property
    def last_act(self) -> "OccasionEvent | None":
        """Who did the last thing, for the page that somebody sees who came too late."""
        return self.events.select_related("actor").last()


class ProgrammeItem(models.Model):
    """One point of the programme."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="programme")
    position = models.PositiveSmallIntegerField(_("order"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(600)])
    title = models.CharField(_("item"), max_length=120)
    speaker = models.CharField(_("speaker"), max_length=80, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "position"], name="programme_position_once"),
            models.CheckConstraint(name="programme_takes_time", condition=Q(minutes__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title


class Presiding(models.Model):
    """A leader who hosts or attends, as planned and as it came."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="presiding")
    leader = models.ForeignKey(User, models.PROTECT, related_name="presides", verbose_name=_("leader"))
    role = models.CharField(_("role"), max_length=8, choices=PresidingRole, default=PresidingRole.LEADER)
    state = models.CharField(_("state"), max_length=10, choices=Presence, default=Presence.PLANNED)
    replaced_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("replaced by"))

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "leader"], name="presiding_once"),
            models.UniqueConstraint(
                fields=["occasion"], condition=Q(role="host") & ~Q(state="replaced"), name="presiding_one_host"
            ),
            models.CheckConstraint(
                name="presiding_replaced_names_the_other",
                condition=Q(state="replaced", replaced_by__isnull=False) | (~Q(state="replaced") & Q(replaced_by=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader} · {self.occasion_id}"


class OccasionFile(StoredFile):
    """A paper of the occasion: programme, slides, photographs."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="files")

    class Meta(StoredFile.Meta):
        abstract = False
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return reverse("events:file", args=[self.occasion.slug, self.pk])


post_delete.connect(forget_bytes, sender=OccasionFile)
