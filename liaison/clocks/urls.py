"""Addresses of the rules of clocks, and of what follows from them."""

from django.urls import path

from liaison.clocks.views import forecast, ladder, limits

app_name = "clocks"
urlpatterns = [
    path("limits/", limits.page, name="limits"),
    path("limits/edit/", limits.edit, name="limits-edit"),
    path("limits/history/", limits.history, name="limits-history"),
    path("ladder/", ladder.page, name="ladder"),
    path("ladder/history/", ladder.history, name="ladder-history"),
    path("ladder/<slug:kind>/", ladder.edit, name="ladder-edit"),
    path("forecast/", forecast.forecast, name="forecast"),
    path("replay/", forecast.replay, name="replay"),
]
