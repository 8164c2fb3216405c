"""The classes of issues: reference data that the system administrator keeps; no business content."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from issues.actions.categories import edit_category
from issues.forms.categories import CategoryForm
from issues.models import Category
from liaison.accounts.decorators import right_required
from liaison.accounts.http import SignedInRequest
from liaison.accounts.rights import Right
from liaison.ui.forms import render_form_page


@require_safe
@right_required(Right.MANAGE_REFERENCE)
def listing(request: SignedInRequest) -> HttpResponse:
    """All classes, with the units that usually handle them."""
    rows = Category.objects.select_related("lead_unit").prefetch_related("co_units")
    return render(request, "issues/categories/list.html", {"categories": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(Right.MANAGE_REFERENCE)
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Change one class; its code stays, for outside programs know it."""
    category = get_object_or_404(Category, code=code)
    form = CategoryForm(request.POST or None, instance=Category.objects.get(pk=category.pk))
    if request.method == "POST" and form.is_valid():
        changed = edit_category(category, by=request.user, request=request, **form.cleaned_data)
        words = _("The category “%(name)s” has been changed.") if changed else _("Nothing was changed.")
        messages.success(request, words % {"name": category})
        return redirect("issues:categories")
    return render_form_page(request, "issues/categories/edit.html", form, {"category": category})
