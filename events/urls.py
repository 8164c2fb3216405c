"""Addresses of meetings: ``/events/breakfast-2026-12-01/``."""

from django.urls import URLPattern, path

from events.views import applying, detail, figures, invitations, plan, schedule, step

app_name = "events"
urlpatterns: list[URLPattern] = [
    path("", schedule.listing, name="list"),
    path("new/", plan.new, name="new"),
    path("figures/", figures.page, name="figures"),
    path("<slug:slug>/", detail.detail, name="detail"),
    path("<slug:slug>/edit/", plan.edit, name="edit"),
    path("<slug:slug>/apply/", applying.apply, name="apply"),
    path("<slug:slug>/apply/withdraw/", applying.withdraw, name="withdraw"),
    path("<slug:slug>/invitations/", invitations.listing, name="invitations"),
    path("<slug:slug>/invitations/<int:pk>/<slug:page>/", invitations.step, name="invitation-step"),
    path("<slug:slug>/<slug:page>/", step.step_page, name="step"),
]
