"""The forms of evidence: files to upload with the day they were taken, and files to attach."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Evidence
from ..rules.uploads import OFFERED, taken_blockers
from .fields import DateField, part_helper


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Each is judged by its content when it is read, not here."""

    widget = FilesInput({"accept": ",".join(OFFERED), "multiple": True})
    default_error_messages = {"required": _("没有收到文件：请先选取，文件也要有名字。")}

    def clean(self, data, initial=None):
        if not data:
            raise forms.ValidationError(self.error_messages["required"], "required")
        return data


class FilingForm(forms.Form):
    """Files for one item, all taken on one day where a day is given."""

    files = FilesField(label=_("选取文件或拍照"))
    taken_on = DateField(
        label=_("拍摄日期"),
        required=False,
        help_text=_("照片自带日期的可以不填。与上传日期分开记。"),
    )

    helper = part_helper()

    def clean_taken_on(self):
        taken_on = self.cleaned_data["taken_on"]
        for blocker in taken_blockers(taken_on, timezone.localdate()):
            raise forms.ValidationError(str(blocker))
        return taken_on


class AttachForm(forms.Form):
    """Which of the branch's files back this item too."""

    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.none(), error_messages={"required": _("请先勾选要引用的资料。")}
    )

    def __init__(self, *args, filed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = filed
