"""A workbook that somebody sends: read as it comes, or refused with the reasons."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import ledger
from ..rules.uploads import WORKBOOK_BYTES, megabytes, size_blockers
from .fields import part_helper


class WorkbookField(forms.FileField):
    """Becomes what the workbook says, title → sheet: see ledger/reading.py."""

    widget = forms.FileInput({"accept": ".xlsx"})
    default_error_messages = {"required": _("没有收到文件，请先选取填好的表。")}

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(self.error_messages["required"], "required")
        try:
            return ledger.read(data)
        except ledger.Unfit as refusal:
            raise forms.ValidationError(_named(data.name, refusal.blockers)) from None


class WorkbookForm(forms.Form):
    """One workbook. `cut_off` is the name of one too large even to come in."""

    workbook = WorkbookField(
        label=_("选取填好的表"),
        help_text=format_lazy(
            _("Excel 或 WPS 存的 .xlsx 文件，不超过 {size}。"), size=megabytes(WORKBOOK_BYTES)
        ),
    )

    helper = part_helper()

    def __init__(self, *args, cut_off=None, **kwargs):
        super().__init__(*args, **kwargs)
        if cut_off:
            blockers = size_blockers(settings.EVIDENCE_FILE_BYTES + 1, WORKBOOK_BYTES)
            said = "\n".join(_named(cut_off, blockers))
            self.fields["workbook"].error_messages["required"] = said


def _named(name, blockers):
    return [gettext("{name}：{reason}").format(name=name, reason=blocker) for blocker in blockers]
