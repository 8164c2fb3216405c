"""Addresses of supervision: ``/supervision/appointments/1/``."""

from django.urls import URLPattern, path

from supervision.views import certificates, drafts, duties, public, register, reports

app_name = "supervision"
urlpatterns: list[URLPattern] = [
    path("", public.start, name="start"),
    path("reports/", reports.listing, name="reports"),
    path("reports/new/", drafts.new, name="report-new"),
    path("reports/<uuid:key>/", reports.report, name="report"),
    path("reports/<uuid:key>/draft/", drafts.draft, name="draft"),
    path("reports/<uuid:key>/draft/<slug:page>/", drafts.draft_page, name="draft-page"),
    path("reports/<uuid:key>/photos/<int:pk>/", reports.photo, name="photo"),
    path("reports/<uuid:key>/photos/<int:pk>/remove/", drafts.remove_photo, name="photo-remove"),
    path("reports/<uuid:key>/rungs/<int:pk>/acknowledge/", reports.heard, name="report-rung"),
    path("reports/<uuid:key>/<slug:page>/", reports.step, name="report-step"),
    path("overview/", duties.overview_page, name="overview"),
    path("accounts/<int:pk>/", duties.account, name="account"),
    path("accounts/<int:pk>/evaluate/", duties.evaluate, name="account-evaluate"),
    path("batches/", register.batches, name="batches"),
    path("batches/new/", register.new_batch, name="batch-new"),
    path("batches/<int:pk>/", register.batch, name="batch"),
    path("batches/<int:pk>/certificates.pdf", certificates.of_batch, name="batch-certificates"),
    path("batches/<int:pk>/<slug:page>/", register.batch_step, name="batch-step"),
    path("appointments/<int:pk>/", register.appointment, name="appointment"),
    path("appointments/<int:pk>/certificate.pdf", certificates.of_appointment, name="appointment-certificate"),
    path("appointments/<int:pk>/card/", certificates.card, name="appointment-card"),
    path("appointments/<int:pk>/letter.pdf", certificates.letter, name="appointment-letter"),
    path("appointments/<int:pk>/contact/", public.contact, name="contact"),
    path("appointments/<int:pk>/<slug:page>/", register.appointment_step, name="appointment-step"),
]
