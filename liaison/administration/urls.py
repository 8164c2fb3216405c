"""Addresses of the three administrators; ``rights`` is everybody's."""

from django.urls import path, register_converter

from liaison.administration.views import audit, deliveries, duties, parameters, people, person, robots, substitutes, units


class AccountConverter:
    """A user name; no database keeps a NUL, so none is looked for."""

    regex = "[^/\\x00]+"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(AccountConverter, "account")

app_name = "administration"
urlpatterns = [
    path("people/", people.listing, name="people"),
    path("people/new/", people.new, name="person-new"),
    path("people/<account:username>/", person.page, name="person"),
    path("people/<account:username>/edit/", person.edit, name="person-edit"),
    path("people/<account:username>/switch/", person.switch, name="person-switch"),
    path("people/<account:username>/password-link/", person.password_link, name="person-password-link"),
    path("people/<account:username>/unlock/", person.unlock, name="person-unlock"),
    path("people/<account:username>/second-factor/", person.second_factor, name="person-second-factor"),
    path("people/<account:username>/duties/new/", duties.new, name="duty-new"),
    path("people/<account:username>/duties/<int:pk>/end/", duties.end, name="duty-end"),
    path("people/<account:username>/substitutes/new/", substitutes.new_for_person, name="person-substitute-new"),
    path("substitutes/", substitutes.of_unit, name="substitutes"),
    path("substitutes/<int:pk>/end/", substitutes.end, name="substitute-end"),
    path("units/", units.listing, name="units"),
    path("units/new/", units.new, name="unit-new"),
    path("units/<slug:code>/", units.edit, name="unit"),
    path("robots/", robots.listing, name="robots"),
    path("robots/new/", robots.new, name="robot-new"),
    path("robots/<int:pk>/", robots.edit, name="robot"),
    path("robots/<int:pk>/remove/", robots.remove, name="robot-remove"),
    path("deliveries/", deliveries.listing, name="deliveries"),
    path("deliveries/<int:pk>/again/", deliveries.again, name="delivery-again"),
    path("deliveries/addresses/", deliveries.addresses, name="refused-addresses"),
    path("parameters/", parameters.listing, name="parameters"),
    path("parameters/<str:key>/", parameters.edit, name="parameter"),
    path("audit/", audit.listing, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
]
