"""Addresses of one's own messages."""

from django.urls import path

from liaison.notifications.views import choices, inbox, ledger

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox-read"),
    path("inbox/<int:pk>/", inbox.open_message, name="inbox-open"),
    path("me/messages/", choices.choices, name="messages"),
    path("me/messages/address/", choices.address_works, name="messages-address"),
    path("me/messages/sent/", ledger.own, name="messages-sent"),
]
