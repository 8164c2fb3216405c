"""Who the people are, which body they belong to, and what they do there, from when to when."""

import unicodedata
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Creates people; there is no superuser, rights come from duties alone."""

    def by_login(self, login: str) -> "User | None":
        """The person who signs in with this user name or confirmed e-mail address, however it is spelt."""
        wanted = unicodedata.normalize("NFKC", login).strip().lower()
        if not wanted or "\0" in wanted:
            return None
        by_name = self.annotate(lower_name=Lower("username")).filter(lower_name=wanted).first()
        if by_name is not None or "@" not in wanted:
            return by_name
        return self.annotate(lower_email=Lower("email")).exclude(email="").filter(lower_email=wanted).first()

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create a person who can sign in with ``username``."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in: of a firm, of a unit, or both."""

    username = models.CharField(
        _("user name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This user name is taken.")},
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"), blank=True)
    pending_email = models.EmailField(_("e-mail that waits for confirmation"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="user_name_once", violation_error_message=_("This user name is taken.")
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message=_("This e-mail address is taken."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username


class UnitKind(models.TextChoices):
    """What sort of body a unit is."""

    LEADERSHIP = "leadership", _("Leadership")
    LIAISON = "liaison", _("Liaison office")
    INSPECTION = "inspection", _("Inspection office")
    DEPARTMENT = "department", _("Department")
    TOWN = "town", _("Town")
    PARK = "park", _("Park committee")
    CHAMBER = "chamber", _("Chamber")
    DISCIPLINE = "discipline", _("Discipline body")
    OFFICE = "office", _("Office")


class Unit(models.Model):
    """Any body that holds people: department, town, office. ``path`` lists the codes from the top: ``/gov/tax/``."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind, default=UnitKind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=300, editable=False, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("unit")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep ``path`` in step with the parent."""
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"
        super().save(*args, **kwargs)


class Duty(models.TextChoices):
    """What somebody does in a unit; every right comes from one of these (rights.py)."""

    DESK = "desk", _("Desk officer")
    CALLER = "caller", _("Caller")
    LIAISON = "liaison", _("Liaison")
    HANDLER = "handler", _("Handler")
    DEPUTY = "deputy", _("Deputy head")
    HEAD = "head", _("Head")
    LEADER = "leader", _("Leader in charge")
    MAIN_LEADER = "main_leader", _("Main leader")
    INSPECTOR = "inspector", _("Inspector")
    EVENT_STAFF = "event_staff", _("Event staff")
    SUPERVISOR = "supervisor", _("Business-environment supervisor")
    DISCIPLINE_RECEPTION = "discipline_reception", _("Discipline reception")
    DISCIPLINE_KEEPER = "discipline_keeper", _("Lead keeper")
    DISCIPLINE_HANDLER = "discipline_handler", _("Discipline handler")
    DISCIPLINE_HEAD = "discipline_head", _("Head of discipline")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows that hold from one day to another, both included."""

    def on(self, day: date) -> Self:
        """Rows that hold on ``day``."""
        return self.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


class Posting(models.Model):
    """Who does what in which unit, from when to when (both days included)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("unit"))
    duty = models.CharField(_("duty"), max_length=24, choices=Duty)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"), null=True, blank=True)
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="posting_ends_after_it_begins",
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "duty"],
                condition=Q(to_on=None),
                name="posting_open_once",
                violation_error_message=_("This person has this duty in this unit already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.unit} · {self.get_duty_display()}"


class Substitution(models.Model):
    """Who stands in for whom, from when to when; the substitute has the absent person's duties meanwhile."""

    absent = models.ForeignKey(User, models.PROTECT, related_name="substitutions", verbose_name=_("absent"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="stands_in", verbose_name=_("substitute"))
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="substitution_ends_after_it_begins",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                name="substitution_by_another_person",
                condition=~Q(absent=F("substitute")),
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.substitute}"


class SignInFailure(models.Model):
    """Failed sign-ins of one account or one address in the current window; locked until ``locked_until``."""

    key = models.CharField(max_length=160, unique=True)
    failures = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.failures}"


class UsedCode(models.Model):
    """The time step of the last one-time code that a person used; older ones are refused for ever."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    step = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.step}"
