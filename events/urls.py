"""Addresses of meetings: ``/events/breakfast-2026-12-01/``."""

from django.urls import URLPattern, path

from events.views import applying, detail, invitations, minutes, plan, points, promises, record, schedule, step, topics

app_name = "events"
urlpatterns: list[URLPattern] = [
    path("", schedule.listing, name="list"),
    path("new/", plan.new, name="new"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/edit/", plan.edit, name="edit"),
    path("<slug:slug>/apply/", applying.apply, name="apply"),
    path("<slug:slug>/apply/withdraw/", applying.withdraw, name="withdraw"),
    path("<slug:slug>/invitations/", invitations.listing, name="invitations"),
    path("<slug:slug>/invitations/<int:pk>/<slug:page>/", invitations.step, name="invitation-step"),
    path("<slug:slug>/topics/", topics.listing, name="topics"),
    path("<slug:slug>/topics/<int:pk>/<slug:page>/", topics.step, name="topic-step"),
    path("<slug:slug>/agenda/", topics.agenda, name="agenda"),
    path("<slug:slug>/points/", points.listing, name="points"),
    path("<slug:slug>/points/<int:number>/", points.change, name="point"),
    path("<slug:slug>/minutes/", minutes.read, name="minutes"),
    path("<slug:slug>/minutes/edit/", minutes.edit, name="minutes-edit"),
    path("<slug:slug>/submit-minutes/", minutes.decide, {"page": "submit-minutes"}, name="submit-minutes"),
    path("<slug:slug>/return-minutes/", minutes.decide, {"page": "return-minutes"}, name="return-minutes"),
    path("<slug:slug>/approve/", minutes.decide, {"page": "approve"}, name="approve"),
    path("<slug:slug>/promises/", promises.confirm, name="promises"),
    path("<slug:slug>/published/", record.public, name="published"),
    path("<slug:slug>/<slug:page>/", step.step_page, name="step"),
]
