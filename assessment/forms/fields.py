"""Fields and layouts that several forms share."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

DATE_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]


class DateInput(forms.DateInput):
    """The browser's date picker; a plain box around what is no date, so that it is kept."""

    def __init__(self):
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "date" if not shown or _is_iso(shown) else "text"
        return context


def _is_iso(value):
    try:
        return parse_date(str(value)) is not None
    except ValueError:
        return False


class DateField(forms.DateField):
    """A date as people here write it."""

    widget = DateInput
    default_error_messages = {"invalid": _("日期请写成 2022-11-30 或 2022年11月30日 的样子。")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=DATE_FORMATS, **kwargs)


class VersionField(forms.IntegerField):
    """The version the item was read at; a save says it, so that no one's words are lost."""

    default_error_messages = dict.fromkeys(
        ("invalid", "required", "min_value"),
        _("看不出这一页是什么时候打开的，没有保存。请抄下所写内容，重新打开这一项。"),
    )

    def __init__(self):
        # Going back, a browser must not put an older version beside the server's newer words.
        super().__init__(min_value=0, widget=forms.HiddenInput({"autocomplete": "off"}))


class WordsField(forms.CharField):
    """Words over several lines; a browser's line ends become the plain ones, and no change."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


def words(label, *, rows=3, limit=500, required=False, help_text=""):
    """A box of words that grows as it is filled."""
    return WordsField(
        label=label,
        required=required,
        max_length=limit,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows, "data-autosize": ""}),
    )


def part_helper():
    """For a form whose <form> tag and buttons stand in the page's template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
