"""Addresses of the three administrators; ``rights`` is everybody's."""

from django.urls import path

from liaison.administration.views import audit, duties, parameters, people, person, substitutes, units

app_name = "administration"
urlpatterns = [
    path("people/", people.listing, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<str:username>/", person.page, name="person"),
    path("people/<str:username>/edit/", person.edit, name="person-edit"),
    path("people/<str:username>/switch/", person.switch, name="person-switch"),
    path("people/<str:username>/password-link/", person.password_link, name="person-password-link"),
    path("people/<str:username>/unlock/", person.unlock, name="person-unlock"),
    path("people/<str:username>/second-factor/", person.second_factor, name="person-second-factor"),
    path("people/<str:username>/duties/new/", duties.new, name="duty-new"),
    path("people/<str:username>/duties/<int:pk>/end/", duties.end, name="duty-end"),
    path("people/<str:username>/substitutes/new/", substitutes.new_for_person, name="person-substitute-new"),
    path("substitutes/", substitutes.of_unit, name="substitutes"),
    path("substitutes/<int:pk>/end/", substitutes.end, name="substitute-end"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.new, name="unit-new"),
    path("units/<slug:code>/", units.edit, name="unit"),
    path("parameters/", parameters.listing, name="parameters"),
    path("parameters/<str:key>/", parameters.edit, name="parameter"),
    path("audit/", audit.listing, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
]
