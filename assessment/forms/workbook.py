"""A workbook that somebody sends: read as it comes, or refused with the reasons."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import ledger
from ..enums import BlockerKind
from ..rules.completeness import Blocker
from ..rules.uploads import WORKBOOK_BYTES, megabytes, size_blockers
from .fields import part_helper
from .pasting import Reading, about, label_of, value_of


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

    workbook = WorkbookField(label=_("选取填好的表"))

    helper = part_helper()

    def __init__(self, *args, cut_off=None, **kwargs):
        super().__init__(*args, **kwargs)
        field, limit = self.fields["workbook"], min(WORKBOOK_BYTES, settings.EVIDENCE_FILE_BYTES)
        said = gettext("Excel 或 WPS 存的 .xlsx 文件，不超过 {size}。")
        field.help_text = said.format(size=megabytes(limit))
        if cut_off:
            named = _named(cut_off, size_blockers(limit + 1, limit))
            field.error_messages["required"] = "\n".join(named)


class FilledInForm(WorkbookForm):
    """A workbook to fill in, of `place`; the words in it are for `items`, named by `name_of`."""

    def __init__(self, *args, place, items, name_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.name_of = place, name_of
        self.items = {ledger.key_of(item.assessment.branch, item): item for item in items}

    def clean_workbook(self):
        try:
            filled_in = ledger.filled_in(self.cleaned_data["workbook"])
        except ledger.Unfit as refusal:
            raise forms.ValidationError([str(each) for each in refusal.blockers]) from None
        self._check_place(filled_in.place)
        return filled_in

    def _check_place(self, theirs):
        own = self.place
        if (theirs.step, theirs.year, theirs.code) != (own.step, own.year, own.code):
            said = gettext("这是{theirs}，不是{own}。请选取对的那一份。")
            raise forms.ValidationError(said.format(theirs=theirs, own=own))
        if theirs.catalogue != own.catalogue:
            said = gettext(
                "这张表是按“{theirs}”做的，现在用的是“{own}”。"
                "请重新下载填报表，把填好的内容粘贴过去再传。"
            )
            names = {"theirs": theirs.catalogue_name, "own": own.catalogue_name}
            raise forms.ValidationError(said.format(**names))

    def reading(self):
        """What a valid form's workbook would write, with everything that is wrong in it."""
        filled_in = self.cleaned_data["workbook"]
        found = Reading(wrong=[str(blocker) for blocker in filled_in.blockers])
        for key, row in filled_in.rows.items():
            if key in self.items:
                self._read(self.items[key], row, found)
            elif row.cells:
                found.wrong.append(str(Blocker(BlockerKind.ROW_LOST, str(row.number))))
        return found

    def _read(self, item, row, found):
        found.versions[item.pk] = row.version
        found.names[item.pk] = gettext("第 {row} 行 · {item}").format(
            row=row.number, item=self.name_of(item)
        )
        for name, cell in row.cells.items():
            try:
                found.words.setdefault(item.pk, {})[name] = _value_of(name, cell)
            except forms.ValidationError as error:
                place = f"{cell.address} · {self.name_of(item)} · {label_of(name)}"
                found.wrong.append(about(place, " ".join(error.messages)))


def _value_of(name, cell):
    if cell.formula:
        said = gettext("这一格是公式（{formula}），请改成写好的文字、日期或标记。")
        raise forms.ValidationError(said.format(formula=cell.formula[:30]))
    return value_of(name, cell.text)


def _named(name, blockers):
    return [gettext("{name}：{reason}").format(name=name, reason=blocker) for blocker in blockers]
