"""All addresses of the portal."""

from django.urls import URLPattern, URLResolver, include, path

from events.views.code import code
from events.views.record import of_firm
from events.views.reply import invitation
from liaison.administration.views.rights import rights
from liaison.notifications.health import healthz
from supervision.views.certificates import code as certificate_code
from supervision.views.public import certificate

handler400 = "liaison.ui.views.bad_request"
handler403 = "liaison.ui.views.forbidden"
handler404 = "liaison.ui.views.not_found"
handler500 = "liaison.ui.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("liaison.ui.urls")),
    path("", include("liaison.accounts.urls")),
    path("enterprises/", include("enterprises.urls")),
    path("issues/", include("issues.urls")),
    path("events/", include("events.urls")),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("supervision/", include("supervision.urls")),
    path("certificates/<str:code>/", certificate, name="certificate"),
    path("certificates/<str:code>/code.svg", certificate_code, name="certificate-code"),
    path("invitations/<str:token>/code/", code, name="invitation-code"),
    path("invitations/<str:token>/record/", of_firm, name="invitation-record"),
    path("clocks/", include("liaison.clocks.urls")),
    path("", include("issues.urls_inspection")),
    path("", include("liaison.administration.urls")),
    path("", include("liaison.notifications.urls")),
    path("", include("liaison.workdays.urls")),
    path("rights/", rights, name="rights"),
    path("healthz", healthz, name="healthz"),
]
