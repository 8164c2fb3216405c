"""Addresses of meetings: ``/events/breakfast-2026-12-01/``."""

from django.urls import URLPattern, path

from events.views import applying, detail, draw, feeds, figures, invitations, plan, schedule, step
from events.views.door import device, page

app_name = "events"
urlpatterns: list[URLPattern] = [
    path("", schedule.listing, name="list"),
    path("new/", plan.new, name="new"),
    path("feed.ics", feeds.public, name="feed"),
    path("feed/", feeds.own, name="feed-own"),
    path("feed/renew/", feeds.renew, name="feed-renew"),
    path("feed/<str:key>.ics", feeds.personal, name="feed-personal"),
    path("figures/", figures.page, name="figures"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/calendar.ics", feeds.download, name="calendar"),
    path("<slug:slug>/edit/", plan.edit, name="edit"),
    path("<slug:slug>/apply/", applying.apply, name="apply"),
    path("<slug:slug>/apply/withdraw/", applying.withdraw, name="withdraw"),
    path("<slug:slug>/invitations/", invitations.listing, name="invitations"),
    path("<slug:slug>/invitations/<int:pk>/<slug:page>/", invitations.step, name="invitation-step"),
    path("<slug:slug>/draw/", draw.draw, name="draw"),
    path("<slug:slug>/draws/<int:pk>/", draw.record, name="draw-record"),
    path("<slug:slug>/door/", page.door, name="door"),
    path("<slug:slug>/door/in/", page.let_in, name="door-in"),
    path("<slug:slug>/door/guests/<int:pk>/in/", page.let_in_anyway, name="door-anyway"),
    path("<slug:slug>/door/guests/<int:pk>/undo/", page.undo, name="door-undo"),
    path("<slug:slug>/door/walk-in/", page.without_invitation, name="door-walk-in"),
    path("<slug:slug>/door/list/", device.guest_list, name="door-list"),
    path("<slug:slug>/door/live/", device.live, name="door-live"),
    path("<slug:slug>/door/scans/", device.scans, name="door-scans"),
    path("<slug:slug>/door/worker.js", device.worker, name="door-worker"),
    path("<slug:slug>/<slug:page>/", step.step_page, name="step"),
]
