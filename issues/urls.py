"""Addresses of issues: ``/issues/2022-36/``; a draft has a key that nobody can guess."""

from django.urls import URLPattern, path, re_path, register_converter

from issues.views import (
    access,
    beginning,
    begun,
    by_hand,
    categories,
    clocks,
    detail,
    drafts,
    exports,
    files,
    lists,
    new,
    receipt,
    rungs,
    step,
    talk,
    urging,
    watch,
)


class AddressConverter:
    """``2022-36`` of a sent issue."""

    regex = r"[0-9]{4}-[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        """As it is."""
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(AddressConverter, "issue")

app_name = "issues"
urlpatterns: list[URLPattern] = [
    path("", lists.listing, name="list"),
    re_path(r"^export\.(?P<extension>csv|xlsx)$", exports.export, name="export"),
    path("watch/", watch.board, name="watch"),
    path("categories/", categories.listing, name="categories"),
    path("categories/<slug:code>/", categories.edit, name="category"),
    path("new/", new.new_issue, name="new"),
    path("drafts/", beginning.begin, name="drafts"),
    path("drafts/<uuid:key>/", drafts.draft, name="draft"),
    path("drafts/<uuid:key>/discard/", begun.discard, name="draft-discard"),
    path("drafts/<uuid:key>/attachments/<int:number>/", begun.attachment, name="draft-attachment"),
    path("drafts/<uuid:key>/attachments/<int:number>/remove/", begun.remove_attachment, name="draft-attachment-remove"),
    path("drafts/<uuid:key>/<slug:page>/", drafts.draft_page, name="draft-page"),
    path("urging/", urging.listing, name="urgings"),
    path("urging/<int:pk>/", urging.urging, name="urging"),
    path("urging/<int:pk>/discard/", urging.discard, name="urging-discard"),
    path("<issue:address>/rungs/<int:pk>/acknowledge/", rungs.acknowledge_rung, name="rung-acknowledge"),
    path("<issue:address>/receipt/", receipt.receipt, name="receipt"),
    path("<issue:address>/", detail.detail, name="detail"),
    path("<issue:address>/access/", access.access, name="access"),
    path("<issue:address>/clocks/", clocks.clocks, name="clocks"),
    path("<issue:address>/message/", talk.message, name="message"),
    path("<issue:address>/note/", talk.note, name="note"),
    path("<issue:address>/attachments/<int:pk>/", files.attachment, name="attachment"),
    path("<issue:address>/supervise/", by_hand.supervise, name="supervise"),
    path("<issue:address>/summon/", by_hand.summon, name="summon"),
    path("<issue:address>/<slug:page>/", step.step_page, name="step"),
]
