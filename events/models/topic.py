"""What firms want to talk about, and the order of the talk."""

from typing import Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from enterprises.models import Enterprise
from enterprises.permissions import roles_of
from events.enums import TopicState
from events.models.occasion import Occasion
from liaison.accounts.models import Unit, User
from liaison.accounts.rights import Right, hats_of

MAX_TOPIC_TITLE: Final = 80
MAX_TOPIC: Final = 2000
MAX_REPLY: Final = 5000
DRAFTING: Final = (Right.ACCEPT_ORDERS, Right.HANDLE_ORDERS, Right.SIGN_OFF)
"Whoever holds one of these in a unit writes its draft replies."


def units_drafting(user: User) -> frozenset[int]:
    """Units for which ``user`` may write draft replies."""
    hats = hats_of(user)
    return frozenset().union(*(hats.units(right) for right in DRAFTING))


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by who may read them."""

    def of_reader(self, user: User) -> Self:
        """Those of the firms that ``user`` represents, and those given to the units that ``user`` writes for."""
        return self.filter(Q(enterprise__in=roles_of(user)) | Q(unit__in=units_drafting(user)))

    def live(self) -> Self:
        """Neither withdrawn nor put aside."""
        return self.exclude(state__in=[TopicState.SET_ASIDE, TopicState.WITHDRAWN])


class Topic(models.Model):
    """A topic proposed beforehand by an invited firm. ``state`` is written only by events.actions."""

    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="topics")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+", verbose_name=_("enterprise"))
    title = models.CharField(pgettext_lazy("topic", "title"), max_length=MAX_TOPIC_TITLE)
    text = models.TextField(_("what it is about"), max_length=MAX_TOPIC)
    state = models.CharField(_("state"), max_length=10, choices=TopicState, default=TopicState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    "Nobody for a proposal by link."
    proposed_at = models.DateTimeField(_("proposed at"))
    once_key = models.CharField(max_length=32, unique=True, editable=False)
    "The same form posted again finds the topic it made."
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    due_on = models.DateField(_("draft due on"), null=True)
    reply = models.TextField(_("draft reply"), max_length=MAX_REPLY, blank=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("occasion", "topic")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="topic_state_known", condition=Q(state__in=TopicState.values)),
            models.CheckConstraint(
                name="topic_with_unit_has_day",
                condition=~Q(state__in=["assigned", "drafted"]) | Q(unit__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="topic_drafted_has_reply", condition=~Q(state="drafted") | (~Q(reply="") & Q(replied_at__isnull=False))
            ),
            models.CheckConstraint(name="topic_aside_has_reason", condition=~Q(state="set_aside") | ~Q(reason="")),
        ]
        indexes = [models.Index(fields=["unit", "due_on"], name="topic_of_unit", condition=Q(state="assigned"))]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place in the list of the occasion."""
        return f"{reverse('events:topics', args=[self.occasion.slug])}#topic-{self.pk}"

    @property
    def stage(self) -> str:
        """The state under the name that the flow engine uses."""
        return self.state

    @stage.setter
    def stage(self, state: str) -> None:
        self.state = state


class AgendaItem(models.Model):
    """One item of the talk: made from a topic, or free."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("order"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(600)])
    title = models.CharField(_("item"), max_length=120)
    speaker = models.CharField(_("speaker"), max_length=80, blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="agenda_items", verbose_name=_("topic"))

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occasion", "topic"], condition=Q(topic__isnull=False), name="agenda_topic_once"),
            models.CheckConstraint(name="agenda_takes_time", condition=Q(minutes__gte=1, minutes__lte=600)),
        ]

    def __str__(self) -> str:
        return self.title
