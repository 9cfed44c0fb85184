"""A block of cells pasted into a sheet: read, checked cell by cell, and confirmed."""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import ItemRating
from ..rules.pasting import cells, mark, placed, plain
from .fields import part_helper
from .self_rating import COLUMNS, SelfRatingForm

LIMIT = 200_000  # characters in one block
SALT = "self-rating-block"
UNREADABLE = _("看不出要写入什么，什么都没有改动。请重新粘贴。")


@dataclass(slots=True)
class Reading:
    """What a block would write, item id → {field: value}, and everything that is wrong with it."""

    words: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)


class PasteForm(forms.Form):
    """The block as it was copied, and the row and column of its first cell."""

    text = forms.CharField(
        label=_("从 Excel 或 WPS 复制的内容"),
        strip=False,
        max_length=LIMIT,
        widget=forms.Textarea({"rows": 6}),
    )
    row = forms.TypedChoiceField(label=_("从哪一项起"), coerce=int)
    column = forms.TypedChoiceField(label=_("从哪一列起"), coerce=int)

    helper = part_helper()

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items
        numbered = enumerate(items, start=1)
        self.fields["row"].choices = [
            (number, f"{number} · {item.task_item}") for number, item in numbered
        ]
        self.fields["column"].choices = [
            (number, label_of(name)) for number, name in enumerate(COLUMNS)
        ]

    def reading(self):
        """The block of a valid form, read against the sheet's columns."""
        done, found = self.cleaned_data, Reading()
        for cell in placed(cells(done["text"]), done["row"] - 1, done["column"]):
            if cell.row < len(self.items) and cell.column < len(COLUMNS):
                self._read(cell, found)
            else:
                found.wrong.append(self._outside(cell))
        return found

    def _read(self, cell, found):
        item, name = self.items[cell.row], COLUMNS[cell.column]
        try:
            found.words.setdefault(item.pk, {})[name] = value_of(name, cell.text)
        except forms.ValidationError as error:
            place = f"{item.task_item} · {label_of(name)}"
            found.wrong.append(about(place, " ".join(error.messages)))

    def _outside(self, cell):
        return gettext(
            "“{text}”在表格之外：第 {row} 行第 {column} 列，表格只有 {rows} 行 {columns} 列。"
        ).format(
            text=cell.text[:20],
            row=cell.row + 1,
            column=cell.column + 1,
            rows=len(self.items),
            columns=len(COLUMNS),
        )


def about(subject, said):
    """A sentence, and what it is about."""
    return gettext("{subject}：{said}").format(subject=subject, said=said)


def label_of(name):
    return str(ItemRating._meta.get_field(name).verbose_name)


def value_of(name, text):
    """The value of one pasted cell; ValidationError where it is none."""
    if name == "self_rating":
        found = mark(text)
        if found is None:
            said = gettext("看不懂“{text}”。请写达标（或 √）、基本达标、未达标、不适用。")
            raise forms.ValidationError(said.format(text=text[:20]))
        return found.value
    box = SelfRatingForm.base_fields[name]
    if name == "due_date":
        text = plain(text)
    elif not isinstance(box.widget, forms.Textarea):
        text = "、".join(text.split("\n"))
    return box.clean(text)


class ConfirmForm(forms.Form):
    """What was shown and is now to be written: signed, so that it is neither more nor less."""

    changes = forms.CharField(error_messages={"required": UNREADABLE})

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    @staticmethod
    def sealed(sheet, changes):
        """`changes`, item id → (version, words), as the page carries them."""
        rows = [(pk, version, _as_text(words)) for pk, (version, words) in changes.items()]
        return signing.dumps([sheet.pk, rows], salt=SALT, compress=True)

    def clean_changes(self):
        try:
            sheet, rows = signing.loads(self.cleaned_data["changes"], salt=SALT)
        except signing.BadSignature:
            sheet, rows = None, []
        if sheet != self.sheet.pk:
            raise forms.ValidationError(UNREADABLE)
        return {pk: (version, _from_text(words)) for pk, version, words in rows}


def _as_text(words):
    return {name: str(value) if isinstance(value, date) else value for name, value in words.items()}


def _from_text(words):
    due = words.get("due_date")
    return {**words, "due_date": date.fromisoformat(due)} if due else words
