"""A block of cells pasted into a sheet: read, checked cell by cell, and confirmed.

What a workbook brings is read into the same words, and confirmed by the same form.
"""

from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.core import signing
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import ItemRating
from ..rules.pasting import cells, mark, placed, plain
from .fields import part_helper
from .review import ReviewForm
from .self_rating import COLUMNS, SelfRatingForm

LIMIT = 200_000  # characters in one block
SALT = "self-rating-block"
UNREADABLE = _("看不出要写入什么，什么都没有改动。请重新粘贴或上传。")
BOXES = {**SelfRatingForm.base_fields, **ReviewForm.base_fields}
MARKS = ("self_rating", "review")


@dataclass(slots=True)
class Reading:
    """What was sent would write, item id → {field: value}, and everything that is wrong with it.

    A workbook says which version of an item it was read at, and has names for its rows.
    """

    words: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)


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
    """The value of one cell; ValidationError where it is none."""
    if name in MARKS:
        found = mark(text)
        if found is None:
            said = gettext("看不懂“{text}”。请写达标（或 √）、基本达标、未达标、不适用。")
            raise forms.ValidationError(said.format(text=text[:20]))
        return found.value
    box = BOXES[name]
    if name == "due_date":
        text = plain(text)
    elif not isinstance(box.widget, forms.Textarea):
        text = "、".join(text.split("\n"))
    return box.clean(text)


class ConfirmForm(forms.Form):
    """What was shown and is now to be written: signed, so that it is neither more nor less.

    An item that was saved since the words were written is decided on: its box `choice-` with its
    id holds SAVED, to keep what is saved, or SENT.
    """

    SAVED, SENT = "saved", "sent"
    changes = forms.CharField(error_messages={"required": UNREADABLE})

    def __init__(self, *args, seal, **kwargs):
        super().__init__(*args, **kwargs)
        self.seal = seal

    @staticmethod
    def sealed(seal, changes):
        """`changes`, item id → (version, words, version they were written at), for the page.

        `seal` says what they are for; without a version of their own, the words are of now.
        """
        rows = [
            (pk, version, _as_text(words), read) for pk, (version, words, read) in changes.items()
        ]
        return signing.dumps([seal, rows], salt=SALT, compress=True)

    def clean_changes(self):
        try:
            seal, rows = signing.loads(self.cleaned_data["changes"], salt=SALT)
        except signing.BadSignature:
            seal, rows = None, []
        if seal != self.seal:
            raise forms.ValidationError(UNREADABLE)
        return {pk: (version, _from_text(words), read) for pk, version, words, read in rows}

    @property
    def conflicts(self):
        """The ids of the items to be decided on."""
        changes = self.cleaned_data["changes"].items()
        return [pk for pk, (version, _words, read) in changes if read not in (None, version)]

    @property
    def chosen(self):
        """Item id → the side that was chosen, where one was."""
        choices = {pk: self.data.get(f"choice-{pk}") for pk in self.conflicts}
        return {pk: side for pk, side in choices.items() if side in (self.SAVED, self.SENT)}

    @property
    def undecided(self):
        return len(self.chosen) < len(self.conflicts)

    @property
    def confirmed(self):
        """Item id → (version, words) to be written."""
        kept = [pk for pk, side in self.chosen.items() if side == self.SAVED]
        changes = self.cleaned_data["changes"].items()
        return {pk: (version, words) for pk, (version, words, _) in changes if pk not in kept}

    def reading(self):
        """What was shown, to be shown again beside what is saved now."""
        changes = self.cleaned_data["changes"].items()
        return Reading(
            words={pk: words for pk, (_version, words, _read) in changes},
            versions={pk: read for pk, (_version, _words, read) in changes if read is not None},
        )


def _as_text(words):
    return {name: str(value) if isinstance(value, date) else value for name, value in words.items()}


def _from_text(words):
    due = words.get("due_date")
    return {**words, "due_date": date.fromisoformat(due)} if due else words
