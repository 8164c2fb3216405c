"""Pages that belong to no app: the start page, the language, accessibility and the refusals."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as remember_language

from liaison.accounts.models import Duty, User
from liaison.accounts.rights import hats_of
from liaison.moments import clock
from liaison.ui.home import cards_for
from liaison.ui.navigation import Place, links_for
from liaison.ui.typed import typed_in


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is; for somebody signed in, their work."""
    if isinstance(request.user, User):
        duties = sorted(str(Duty(duty).label) for duty in hats_of(request.user).duties)
        acts = links_for(request, Place.START)
        context = {"cards": cards_for(request.user), "acts": acts, "duties": duties, "today": clock.today()}
        return render(request, "home/work.html", context)
    return render(request, "home/start.html")


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language for this browser, and for the person on every other one."""
    language = request.POST.get(LANGUAGE_QUERY_PARAMETER)
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=language)
    return remember_language(request)


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the portal can be used with a keyboard, a screen reader or a small screen."""
    return render(request, "home/accessibility.html")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django gives the reason; visitors need none
    """Explain that the form is too old or came from elsewhere."""
    return render(request, "403_csrf.html", {"typed": typed_in(request)}, status=403)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - it may quote what was sent
    """Answer a request that cannot be read (400); asks the database nothing."""
    return plain_page("400.html", 400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Visible, but not yours to do (403)."""
    return render(request, "403.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Does not exist, or is none of your business (404)."""
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Our fault (500); the page needs neither database nor session, they may be what is broken."""
    return plain_page("500.html", 500)


def plain_page(template: str, status: int) -> HttpResponse:
    """A page made of nothing but its words."""
    district = settings.DISTRICT_NAME_EN if get_language() == "en" else settings.DISTRICT_NAME
    context = {"district": district, "desk_phone": settings.DESK_PHONE}
    return HttpResponse(render_to_string(template, context), status=status)
