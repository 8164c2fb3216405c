"""Playing the meetings: planned, published, answered, held, minuted and closed by the real actions, each at its moment."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zlib import crc32

from enterprises.enums import Role
from enterprises.models import Representative
from events.actions.answering import Guest, accept_invitation, decide_substitute, decline_invitation
from events.actions.inviting import admit_application, apply_to_come, invite_firms, refuse_application
from events.actions.minutes import approve_minutes, save_minutes, submit_minutes
from events.actions.planning import (
    Item,
    Plan,
    close_occasion,
    hold_occasion,
    plan_occasion,
    publish_occasion,
    replace_presiding,
)
from events.actions.points import Said, record_point
from events.actions.promises import Promise, take_up
from events.actions.rotating import invite_by_rotation, result_of, set_rule
from events.enums import WITH_MINUTES, PointKind, Presence, Source
from events.merging import Part
from events.models import Invitation, Occasion, Point, Series
from events.pool import draw_for
from issues.models import Issue
from liaison.accounts.models import User
from liaison.demo import tables
from liaison.demo.occasions import Meeting
from liaison.demo.play import Moment, World

STAFF: Final = "events1"
DESK: Final = "desk1"
TITLES: Final = ("总经理", "董事长", "副总经理")
DIETS: Final = ("", "", "清真", "不吃辣")
BUSY: Final = "当天在外地参加展会，不能到场。"
FULL: Final = "本期名额用于制造业企业，请报名下一期。"
OFFICIAL: Final = "临时参加市上会议。"
REST: Final = 40
"Days for which a firm that was asked is not drawn again: two breakfasts."
AFTER_THE_ISSUES: Final = 10_000
"Meetings come after what the issues call for at the same moment."


def load_series() -> dict[str, Series]:
    """The numbered rows of meetings, by code."""
    return {row["code"]: Series.objects.create(**row) for row in tables.table("meetings")["series"]}


def moments(world: World, meetings: list[Meeting], now: datetime) -> Iterator[Moment]:
    """All that happened, as the play puts it in order."""
    series = load_series()
    for number, meeting in enumerate(meetings):
        acts = Course(world, meeting, series, now).acts()
        for line, (at, act) in enumerate(acts):
            yield at, AFTER_THE_ISSUES + number, line, act


class Course:
    """One meeting from the books to its end."""

    def __init__(self, world: World, meeting: Meeting, series: dict[str, Series], now: datetime) -> None:
        self.world, self.meeting, self.series, self.now = world, meeting, series, now
        self.staff = world.users[STAFF]
        self.occasion: Occasion

    def acts(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """Every step with its moment, in the order in which they were taken."""
        meeting, moved = self.meeting, self.meeting.moved
        yield moved(meeting.planned_at), self.plan
        if meeting.stage == "planned":
            return
        yield moved(meeting.published_at), self.publish
        if self.guests:
            yield moved(meeting.invited_at), self.invite
        if meeting.draw:
            yield moved(meeting.invited_at), self.draw
        yield from self.answers()
        yield from self.applications()
        if meeting.stage == "published":
            return
        for leader, other in meeting.replaced.items():
            yield moved(meeting.replaced_at), partial(self.replace, leader, other)
        yield moved(meeting.held_at), self.hold
        if meeting.kind in WITH_MINUTES:
            yield moved(meeting.done_at), self.keep_minutes
        yield moved(meeting.done_at), self.close

    @property
    def guests(self) -> tuple[str, ...]:
        """Firms that were asked to come."""
        meeting = self.meeting
        return (*meeting.come, *meeting.wait, *meeting.decline, *meeting.silent)

    def answers(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """What the firms said."""
        meeting, moved = self.meeting, self.meeting.moved
        for firm in (*meeting.come, *meeting.wait):
            yield moved(meeting.answered_at(firm)), partial(self.accept, firm, meeting.answered_at(firm))
        for firm in meeting.decline:
            yield moved(meeting.answered_at(firm)), partial(self.decline, firm, meeting.answered_at(firm))
        for place, (name, answer) in enumerate(meeting.drawn):
            act = self.accept if answer == "come" else self.decline
            yield moved(meeting.answered_at(name)), partial(self.answer_drawn, place, act, meeting.answered_at(name))
        if meeting.leaves:
            at = self.now - timedelta(hours=meeting.leaves["hours"])
            yield at, partial(self.decline, meeting.leaves["firm"], at)

    def applications(self) -> Iterator[tuple[datetime, Callable[[], object]]]:
        """Who asked to come, and what event staff decided; on those who come in a principal's place, too."""
        meeting, moved = self.meeting, self.meeting.moved
        for firm in (*meeting.applied, *meeting.refused, *meeting.asked):
            yield moved(meeting.answered_at(firm)), partial(self.apply, firm)
        for firm in meeting.applied:
            yield moved(meeting.decided_at(firm)), partial(self.admit, firm)
        for firm in meeting.refused:
            yield moved(meeting.decided_at(firm)), partial(self.refuse, firm)
        if meeting.principal_only and meeting.stage != "published":
            for firm in meeting.sends:
                yield moved(meeting.decided_at(firm)), partial(self.approve, firm)

    # --- event staff --------------------------------------------------------------------------------------
    def plan(self) -> None:
        """Put it into the books."""
        meeting, world = self.meeting, self.world
        plan = Plan(
            kind=meeting.kind, action=meeting.action, title=meeting.title, starts_at=meeting.moved(meeting.starts_at),
            ends_at=meeting.moved(meeting.ends_at), place=meeting.place, host_unit=world.units[meeting.host_unit],
            reply_by=meeting.moved(meeting.reply_by), series=self.series.get(meeting.series), access=meeting.access,
            summary=meeting.summary, capacity=meeting.capacity, by_application=meeting.by_application,
            asks_diet=meeting.asks_diet, asks_plate=meeting.asks_plate, principal_only=meeting.principal_only,
            co_units=[world.units[code] for code in meeting.co_units if code != meeting.host_unit],
            host=world.users[meeting.host], leaders=[world.users[username] for username in meeting.leaders],
            programme=[Item(what, minutes, who) for minutes, what, who in meeting.programme],
        )  # fmt: skip
        self.occasion = plan_occasion(plan, by=self.staff, now=meeting.moved(meeting.planned_at))

    def publish(self) -> None:
        """Show it."""
        publish_occasion(self.occasion, by=self.staff, now=self.meeting.moved(self.meeting.published_at))

    def invite(self) -> None:
        """All on one list."""
        firms = [self.world.firms[key] for key in self.guests]
        now, source = self.meeting.moved(self.meeting.invited_at), Source(self.meeting.by)
        invite_firms(self.occasion, firms, by=self.staff, now=now, source=source)

    def draw(self) -> None:
        """Event staff set the rule, look at the result with its reasons, and confirm it."""
        meeting, by, now = self.meeting, self.staff, self.meeting.moved(self.meeting.invited_at)
        values = {"seats": len(meeting.drawn), "labels": list(meeting.draw["labels"]), "cooling_off_days": REST}
        set_rule(self.occasion, by=by, now=now, values=values)
        seed = crc32(meeting.key.encode())
        expected = result_of([choice.code for choice in draw_for(self.occasion, seed).chosen])
        invite_by_rotation(self.occasion, by=by, now=now, seed=seed, expected=expected)

    def replace(self, leader: str, other: str) -> None:
        """Somebody else presides."""
        users, now = self.world.users, self.meeting.moved(self.meeting.replaced_at)
        replace_presiding(self.occasion, by=self.staff, now=now, leader=users[leader], replacement=users[other], reason=OFFICIAL)

    def hold(self) -> None:
        """It took place."""
        now = self.meeting.moved(self.meeting.held_at)
        hold_occasion(self.occasion, by=self.staff, now=now, booklets=self.meeting.booklets)

    def close(self) -> None:
        """Nothing more is to be done."""
        close_occasion(self.occasion, by=self.staff, now=self.meeting.moved(self.meeting.done_at))

    def keep_minutes(self) -> None:
        """What was said, joined to the issues that were entered there and then; the host approves the minutes."""
        meeting, now, occasion = self.meeting, self.meeting.moved(self.meeting.done_at), self.occasion
        points = {key: self.point(key, now) for key in meeting.stories if key in self.world.issues}
        told = [Part(f"p{point.pk}", f"{point.speaker}：{point.text}") for point in points.values()]
        parts = [Part("f00000001", meeting.summary, publish=True), *told]
        revision = save_minutes(occasion, by=self.staff, now=now, revision=0, parts=parts)
        assert revision is not None  # every meeting has a summary
        submit_minutes(occasion, by=self.staff, now=now, revision=revision.number)
        approve_minutes(occasion, by=self.host(), now=now, revision=revision.number)
        self.join(points, now)

    def host(self) -> User:
        """Who really hosted."""
        return self.occasion.presiding.exclude(state=Presence.REPLACED).select_related("leader").get(role="host").leader

    def point(self, key: str, now: datetime) -> Point:
        """What the firm's manager raised and was promised."""
        issue = self.world.issues[key]
        speaker = self.manager(self.key_of(issue.enterprise_id)).name
        said = Said(PointKind.TAKEN, speaker, issue.title, enterprise=issue.enterprise)
        return record_point(self.occasion, by=self.staff, now=now, said=said, once_key=crc32(key.encode()).to_bytes(16).hex())

    def join(self, points: dict[str, Point], now: datetime) -> None:
        """The desk says which of the issues it had entered are meant."""
        issues = Issue.objects.select_related("category").in_bulk([self.world.issues[key].pk for key in points])
        joined = [(point, issues[self.world.issues[key].pk]) for key, point in points.items()]
        promises = [
            Promise(point, issue.title, issue.category, issue.nature, existing=issue)
            for point, issue in joined
            if issue.category is not None  # every admitted one has a category
        ]
        if promises:
            take_up(self.occasion, by=self.world.users[DESK], now=now, promises=promises)

    # --- firms --------------------------------------------------------------------------------------------
    def accept(self, firm: str, at: datetime) -> None:
        """By link or signed in."""
        now = self.meeting.moved(at)
        accept_invitation(self.invitation(firm), by=self.answerer(firm), now=now, guest=self.guest(firm))

    def decline(self, firm: str, at: datetime) -> None:
        """Not this time."""
        decline_invitation(self.invitation(firm), by=self.answerer(firm), now=self.meeting.moved(at), text=BUSY)

    def answer_drawn(self, place: int, answer: Callable[[str, datetime], None], at: datetime) -> None:
        """Whichever firm the draw put there says so."""
        rows = self.occasion.invitations.filter(source=Source.ROTATION).order_by("pk")
        answer(self.key_of(rows[place].enterprise_id), at)

    def apply(self, firm: str) -> None:
        """Ask to come."""
        guest = self.guest(firm)
        said = {"guest_name": guest.guest_name, "guest_title": guest.guest_title}
        now = self.meeting.moved(self.meeting.answered_at(firm))
        apply_to_come(self.occasion, self.world.firms[firm], by=self.manager(firm), now=now, guest=said)

    def admit(self, firm: str) -> None:
        """There is room."""
        admit_application(self.invitation(firm), by=self.staff, now=self.decided(firm))

    def refuse(self, firm: str) -> None:
        """Not this time."""
        refuse_application(self.invitation(firm), by=self.staff, now=self.decided(firm), reason=FULL)

    def approve(self, firm: str) -> None:
        """Somebody else may come."""
        decide_substitute(self.invitation(firm), by=self.staff, now=self.decided(firm), approved=True)

    def decided(self, firm: str) -> datetime:
        """When event staff decided."""
        return self.meeting.moved(self.meeting.decided_at(firm))

    def invitation(self, firm: str) -> Invitation:
        """The firm's row."""
        return Invitation.objects.get(occasion=self.occasion, enterprise=self.world.firms[firm])

    def guest(self, firm: str) -> Guest:
        """Who comes: the manager, unless somebody is sent."""
        meeting, salt = self.meeting, crc32(firm.encode())
        name = meeting.sends.get(firm, self.manager(firm).name)
        title = "部门负责人" if firm in meeting.sends else TITLES[salt % len(TITLES)]
        diet = DIETS[salt % len(DIETS)] if meeting.asks_diet else ""
        plate = f"川C{salt % 100_000:05d}" if meeting.asks_plate else ""
        return Guest(name, title, diet=diet, plate=plate, is_substitute=firm in meeting.sends)

    def key_of(self, enterprise_id: int) -> str:
        """Under which name the tables know a firm."""
        return next(key for key, firm in self.world.firms.items() if firm.pk == enterprise_id)

    def manager(self, firm: str) -> User:
        """The first who acted for the firm."""
        rows = Representative.objects.filter(enterprise=self.world.firms[firm], role=Role.MANAGER)
        return rows.select_related("user").earliest("pk").user

    def answerer(self, firm: str) -> User | None:
        """Most answer by the link in the mail, without signing in."""
        return self.manager(firm) if crc32(f"{self.meeting.key}{firm}".encode()) % 3 == 0 else None
