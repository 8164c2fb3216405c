"""One page with every component, for tests and for people who want to see them; it is no part of the portal."""

from datetime import datetime
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import path
from django.utils.timezone import make_aware

from liaison import urls
from liaison.ui import forms as ui_forms
from liaison.ui.paging import Page

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
AT = make_aware(datetime(2026, 11, 24, 17, 30))


class GalleryForm(ui_forms.PortalForm):
    """Every kind of question."""

    autocomplete = {"phone": "tel"}
    title = forms.CharField(label="标题", max_length=20, help_text="一句话说清楚")
    body = forms.CharField(label="具体情况", widget=forms.Textarea, required=False)
    category = forms.ChoiceField(label="类别", choices=[("", "请选择"), ("tax", "税务"), ("env", "环保")])
    nature = forms.ChoiceField(label="性质", choices=[("help", "求助"), ("complaint", "投诉")], widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label="原因", choices=[("slow", "太慢"), ("rude", "态度")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sensitive = forms.BooleanField(label="匿名交办", required=False, help_text="承办单位看不到企业名称")
    until = forms.DateField(label="截止日期", widget=ui_forms.DateInput)
    at = forms.DateTimeField(label="时间", widget=ui_forms.DateTimeInput, required=False)
    phone = forms.CharField(label="电话")
    licence = forms.FileField(label="营业执照")


class FilterForm(forms.Form):
    """Filters as lists have them."""

    q = forms.CharField(label="关键词", required=False)
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部"), ("handling", "办理中")])


@login_not_required
def gallery(request):
    form = GalleryForm({"nature": "nothing"} if "wrong" in request.GET else None)
    rows = [("标题", "路灯", "/"), ("具体情况", ""), ("附件", 0, "/", "换一个")]
    page = Page([], before="b", after="a")
    context = {"form": form, "filter_form": FilterForm(request.GET or None), "at": AT, "rows": rows, "page": page}
    template = Template((Path(__file__).parent / "gallery.html").read_text())
    return HttpResponse(template.render(RequestContext(request, context)))


@login_not_required
def broken(request):
    message = "secret detail"
    raise RuntimeError(message)


urlpatterns = [*urls.urlpatterns, path("gallery/", gallery, name="gallery"), path("broken/", broken)]
