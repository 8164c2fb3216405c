"""The portal's addresses and one page with nothing in it, to know what the frame costs."""

from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import path

from liaison.urls import handler400, handler403, handler404, handler500
from liaison.urls import urlpatterns as portal

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
NOTHING = '{% extends "base.html" %}'


def nothing(request: HttpRequest) -> HttpResponse:
    """The base template alone."""
    return HttpResponse(EMPTY.render(RequestContext(request)))


EMPTY = Template(NOTHING)
urlpatterns = [*portal, path("nothing/", nothing)]
