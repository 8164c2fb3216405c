"""Addresses of the enterprises' room."""

from django.urls import path, re_path, register_converter

from enterprises.converters import CreditCodeConverter
from enterprises.views import acting, chambers, detail, imports, invitations, listing, people, registration, steps

register_converter(CreditCodeConverter, "credit_code")  # type: ignore[arg-type] # the stubs want more than Django

app_name = "enterprises"
STEPS = "verify|refuse|suspend|reopen|close"
CODE = CreditCodeConverter.regex

urlpatterns = [
    path("", listing.listing, name="list"),
    path("mine/", listing.mine, name="mine"),
    re_path(r"^export\.(?P<extension>csv|xlsx)$", listing.export, name="export"),
    path("register/", registration.register, name="register"),
    path("register/account/", registration.account, name="register_account"),
    path("acting/", acting.acting, name="acting"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("chambers/", chambers.chambers, name="chambers"),
    path("chambers/new/", chambers.chamber_edit, name="chamber_new"),
    path("chambers/<slug:code>/", chambers.chamber, name="chamber"),
    path("chambers/<slug:code>/edit/", chambers.chamber_edit, name="chamber_edit"),
    path("chambers/<slug:code>/members/<int:pk>/end/", chambers.member_end, name="member_end"),
    path("import/", imports.imports, name="imports"),
    re_path(r"^import/template\.(?P<extension>csv|xlsx)$", imports.template, name="import_template"),
    path("import/<uuid:public_id>/", imports.import_run, name="import_run"),
    path("import/<uuid:public_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("import/<uuid:public_id>/discard/", imports.import_discard, name="import_discard"),
    path("<credit_code:credit_code>/", detail.detail, name="detail"),
    path("<credit_code:credit_code>/registered/", registration.receipt, name="receipt"),
    path("<credit_code:credit_code>/edit/", detail.edit, name="edit"),
    path("<credit_code:credit_code>/size/", detail.size, name="size"),
    path("<credit_code:credit_code>/name/", detail.name, name="name"),
    path("<credit_code:credit_code>/licence/", detail.licence, name="licence"),
    path("<credit_code:credit_code>/people/", people.people, name="people"),
    path("<credit_code:credit_code>/people/<int:pk>/remove/", people.remove, name="remove"),
    path("<credit_code:credit_code>/people/<int:pk>/role/", people.role, name="role"),
    path("<credit_code:credit_code>/invitations/<int:pk>/revoke/", people.revoke, name="revoke"),
    path("<credit_code:credit_code>/apply-again/", steps.apply_again, name="apply_again"),
    re_path(rf"^(?P<credit_code>{CODE})/(?P<name>{STEPS})/$", steps.step, name="step"),
]
