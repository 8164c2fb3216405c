"""The enterprise itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from enterprises.credit_codes import validate_credit_code
from enterprises.enums import Ownership, Section, Size, Status
from enterprises.sizes import size_of
from liaison.accounts.models import Unit, UnitKind, User
from liaison.accounts.rights import Right, hats_of
from liaison.search import query, tokens

if TYPE_CHECKING:
    from enterprises.models.event import EnterpriseEvent

SIZE_SOURCES: Final = frozenset({"industry", "industry_code", "employees", "revenue", "assets", "size_override"})
SEARCH_SOURCES: Final = frozenset({"name", "credit_code", "legal_representative", "contact_name"})


class Label(models.Model):
    """A word that groups enterprises: 规上, 专精特新, 外贸."""

    name = models.CharField(_("name"), max_length=20, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("label")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Enterprises by who asks and what is asked."""

    def represented_by(self, user: User) -> Self:
        """Enterprises for which ``user`` acts today."""
        return self.filter(pk__in=user.represents.filter(ended_at=None).values("enterprise"))

    def visible_to(self, user: User) -> Self:
        """All that ``user`` may read; permissions.may_view answers the same for one enterprise."""
        if hats_of(user).may(Right.READ_ENTERPRISES):
            return self
        return self.represented_by(user)

    def verified(self) -> Self:
        """Enterprises that may raise issues."""
        return self.filter(status=Status.VERIFIED)

    def for_list(self) -> Self:
        """With all that a row of a list shows."""
        return self.select_related("town").prefetch_related("labels")

    def matching(self, text: str) -> Self:
        """Enterprises whose name, code or people's names hold all that was typed."""
        return self.filter(search=query(text))


class Enterprise(models.Model):
    """A firm, known by its credit code. ``status`` is written only by enterprises.actions."""

    name = models.CharField(_("name of the enterprise"), max_length=100)
    pending_name = models.CharField(_("new name asked for"), max_length=100, blank=True)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        unique=True,
        validators=[validate_credit_code],
        error_messages={"unique": _("This credit code is registered already.")},
    )
    legal_representative = models.CharField(_("legal representative"), max_length=60)
    industry = models.CharField(_("industry"), max_length=1, choices=Section)
    industry_code = models.CharField(
        _("industry code"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^\d{2,4}$", _("Two to four digits of GB/T 4754."))],
    )
    ownership = models.CharField(_("ownership"), max_length=12, choices=Ownership, default=Ownership.PRIVATE)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    revenue = models.DecimalField(
        _("revenue (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    assets = models.DecimalField(
        _("assets (10,000 yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    size = models.CharField(_("size class"), max_length=6, choices=Size, blank=True, editable=False)
    size_override = models.CharField(_("size class set by hand"), max_length=6, choices=Size, blank=True)
    size_reason = models.CharField(_("reason"), max_length=200, blank=True)
    town = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", limit_choices_to={"kind": UnitKind.TOWN}, verbose_name=_("town")
    )
    park = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        limit_choices_to={"kind": UnitKind.PARK},
        verbose_name=_("park"),
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60)
    contact_phone = models.CharField(_("contact person's phone"), max_length=30)
    labels = models.ManyToManyField(Label, related_name="enterprises", blank=True, verbose_name=_("labels"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.APPLIED)
    status_reason = models.CharField(_("reason"), max_length=500, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied at"))
    registered_at = models.DateTimeField(_("first applied at"), editable=False)
    "When whoever represents it now applied first; ``applied_at`` moves when they apply again."
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    search = SearchVectorField(editable=False)
    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("enterprise")
        ordering = ["-applied_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="enterprise_code_has_18_characters", condition=Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$")
            ),
            models.CheckConstraint(name="enterprise_status_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="enterprise_industry_known", condition=Q(industry__in=Section.values)),
            models.CheckConstraint(name="enterprise_industry_code_digits", condition=Q(industry_code__regex=r"^(\d{2,4})?$")),
            models.CheckConstraint(
                name="enterprise_size_set_by_hand_has_reason",
                condition=Q(size_override="", size_reason="")
                | (~Q(size_override="") & ~Q(size_reason="") & Q(size=F("size_override"))),
            ),
            models.CheckConstraint(
                name="enterprise_verified_has_time",
                condition=~Q(status__in=["verified", "suspended"]) | Q(verified_at__isnull=False),
            ),
            models.CheckConstraint(name="enterprise_refused_has_reason", condition=~Q(status="refused") | ~Q(status_reason="")),
            models.CheckConstraint(name="enterprise_figures_not_negative", condition=Q(revenue=None) | Q(revenue__gte=0)),
            models.CheckConstraint(name="enterprise_assets_not_negative", condition=Q(assets=None) | Q(assets__gte=0)),
        ]
        indexes = [
            GinIndex(fields=["search"], name="enterprise_search"),
            models.Index(fields=["-applied_at", "-id"], name="enterprise_newest"),
            models.Index(fields=["status", "-applied_at", "-id"], name="enterprise_by_status"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stage(self) -> str:
        """The status under the name that the flow engine uses."""
        return self.status

    @stage.setter
    def stage(self, status: str) -> None:
        self.status = status

    @property
    def is_open(self) -> bool:
        """Whether the enterprise may raise issues and invite people."""
        return self.status == Status.VERIFIED

    @property
    def computed_size(self) -> str:
        """The size class that the table gives, whatever was set by hand."""
        figures = {"employees": self.employees, "revenue": self.revenue, "assets": self.assets}
        return size_of(self.industry, self.industry_code, figures) or ""

    @property
    def last_act(self) -> "EnterpriseEvent | None":
        """Who did the last thing, for the page that somebody sees who came too late."""
        return self.events.select_related("actor").first()

    def get_absolute_url(self) -> str:
        """The enterprise's page."""
        return reverse("enterprises:detail", args=[self.credit_code])

    def derive(self) -> None:
        """Compute what follows from other columns."""
        self.registered_at = self.registered_at or self.applied_at
        self.size = self.size_override or self.computed_size
        self.search = tokens(self.name, self.credit_code, self.legal_representative, self.contact_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep size class and search words in step with the data."""
        self.derive()
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None:
            written = set(fields)
            written |= {"size"} if written & SIZE_SOURCES else set()
            written |= {"search"} if written & SEARCH_SOURCES else set()
            kwargs["update_fields"] = written
        super().save(*args, **kwargs)
