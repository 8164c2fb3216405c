"""Orders: each unit's part of an issue, round by round."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issues.enums import IN_HAND, LIVE_ORDERS, OrderRole, OrderState, PetitionKind, PetitionState
from issues.models.issue import Issue
from liaison.accounts.models import Unit, User
from liaison.workdays.limits import Limit, LimitUnit


class Order(models.Model):
    """One unit's part in one round."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="orders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="orders", verbose_name=_("unit"))
    role = models.CharField(_("part"), max_length=4, choices=OrderRole)
    round = models.PositiveSmallIntegerField(_("round"))
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.ISSUED)
    limit_amount = models.PositiveSmallIntegerField(_("limit"))
    limit_unit = models.CharField(max_length=2, default=LimitUnit.WORKING_DAYS.value)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    due_at = models.DateTimeField(_("due"))
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="handled_orders", verbose_name=_("handler"))
    opinion = models.TextField(_("opinion"), max_length=5000, blank=True)
    opinion_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opinion_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("order to a unit")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "round", "unit"], condition=Q(state__in=sorted(LIVE_ORDERS)), name="order_live_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["issue", "round"],
                condition=Q(state__in=sorted(LIVE_ORDERS), role=OrderRole.LEAD),
                name="order_one_live_lead",
            ),
            models.CheckConstraint(
                name="order_accepted_has_handler",
                condition=~Q(state=OrderState.ACCEPTED) | Q(handler__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(name="order_limit_positive", condition=Q(limit_amount__gte=1)),
        ]
        indexes = [
            models.Index(fields=["unit", "issue"], name="order_by_unit"),
            models.Index(fields=["unit", "state", "issue"], name="order_in_hand", condition=Q(state__in=sorted(IN_HAND))),
            models.Index(fields=["handler", "issue"], name="order_of_handler", condition=Q(state=OrderState.ACCEPTED)),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"

    @property
    def limit(self) -> Limit:
        """How long the unit has."""
        return Limit(self.limit_amount, LimitUnit(self.limit_unit))

    @property
    def is_live(self) -> bool:
        """Neither sent back nor cancelled."""
        return self.state in LIVE_ORDERS


class Petition(models.Model):
    """Something that one person asks and another decides: refusal, send-back, extension, suspension, tracking."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="petitions")
    kind = models.CharField(_("kind"), max_length=12, choices=PetitionKind)
    round = models.PositiveSmallIntegerField(_("round"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    state = models.CharField(_("state"), max_length=10, choices=PetitionState, default=PetitionState.PENDING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    reason = models.CharField(_("reason"), max_length=1000)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    basis = models.CharField(_("basis"), max_length=1000, blank=True)
    proposed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed unit"))
    until = models.DateField(_("until"), null=True)
    note = models.CharField(_("note to the firm"), max_length=1000, blank=True)
    milestones = models.JSONField(default=list)
    "Of a tracking plan: pairs of ISO date and title."
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("petition")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "kind"], condition=Q(state="pending"), name="petition_one_pending_per_kind"),
            models.CheckConstraint(name="petition_decided_by_another", condition=~Q(decided_by=models.F("asked_by"))),
            models.CheckConstraint(
                name="petition_decided_names_decider",
                condition=~Q(state__in=["approved", "declined"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"
