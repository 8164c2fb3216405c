"""Addresses of supervision orders, ``/supervision-orders/2022-3/``, and of summonses."""

from django.urls import URLPattern, path, re_path

from issues.views import summons, supervision

ADDRESS = r"(?P<address>[0-9]{4}-[0-9]{1,9})"

app_name = "inspection"
urlpatterns: list[URLPattern] = [
    path("supervision-orders/", supervision.listing, name="orders"),
    re_path(rf"^supervision-orders/{ADDRESS}/$", supervision.detail, name="order"),
    re_path(rf"^supervision-orders/{ADDRESS}/(?P<page>[a-z]+)/$", supervision.step, name="order-step"),
    path("summonses/", summons.listing, name="summonses"),
    path("summonses/<int:pk>/", summons.detail, name="summons"),
    path("summonses/<int:pk>/record/", summons.record, name="summons-record"),
]
