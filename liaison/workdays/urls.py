"""Addresses of the calendar."""

from django.urls import path

from liaison.workdays.views import deadlines, editor, versions, years

app_name = "workdays"
urlpatterns = [
    path("workdays/", years.this_year, name="this-year"),
    path("workdays/<int:number>/", years.year, name="year"),
    path("workdays/versions/", versions.listing, name="versions"),
    path("workdays/edit/week/", editor.week, name="edit-week"),
    path("workdays/edit/days/", editor.days, name="edit-days"),
    path("workdays/edit/year/", editor.published, name="edit-year"),
    path("deadlines/", deadlines.calculator, name="deadlines"),
]
