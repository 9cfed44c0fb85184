"""What the workbooks of lists have in common: cells that are read, and what was shown, sealed."""

from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.core import signing
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..rules.lists import parted, whole_number
from ..rules.lists import yes_or_no as yes_or_no_of
from ..rules.pasting import plain
from .pasting import about

SALT = "list-workbook"
LONGEST_SEAL = 2 * 2**20  # characters that a browser is sent, and sends back
NO_DEPARTMENT = _("没有叫“{text}”的部门。请写部门的名称或代码。")


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one thing, in words: `change` is a label, `lines` are (what, old, new)."""

    subject: str
    change: str
    lines: list = field(default_factory=list)


class Cells:
    """Reads the cells of one workbook; what is wrong is said by address, thing and column."""

    def __init__(self, read, columns):
        self.read = read
        self.labels = {column.name: str(column.header) for column in columns}
        self.wrong = [str(blocker) for blocker in read.blockers]

    def complain(self, row, name, said, subject=""):
        place = gettext(" · ").join(
            filter(None, [self.read.address(row, name), subject[:30], self.labels[name]])
        )
        self.wrong.append(about(place, said))

    def values(self, row, readers, subject, required=()):
        """Field → value of the cells that can be made out; `readers` say how each is read."""
        found = {}
        for name, cell in row.cells.items():
            try:
                if cell.formula:
                    said = gettext("这一格是公式（{formula}），请改成写好的文字或数字。")
                    raise forms.ValidationError(said.format(formula=cell.formula[:30]))
                if not cell.text and name in required:
                    raise forms.ValidationError(gettext("这一格不能空着。"))
                found[name] = readers[name](cell.text)
            except forms.ValidationError as error:
                self.complain(row, name, " ".join(error.messages), subject)
        return found

    def demand(self, row, names, subject):
        """What a new row cannot be without."""
        for name in names:
            if name not in row.cells:
                self.complain(row, name, gettext("新增的行要填这一格。"), subject)


def words_reader(limit, *, required=False, is_line=False):
    """Reads words up to a length; on one line where `is_line`."""
    box = forms.CharField(max_length=limit, required=required)

    def read(text):
        return box.clean(" ".join(text.split()) if is_line else text)

    return read


def number_reader(highest):
    def read(text):
        found = whole_number(text, highest)
        if found is None:
            said = gettext("看不懂“{text}”。请写 1 到 {highest} 的整数。")
            raise forms.ValidationError(said.format(text=text[:20], highest=highest))
        return found

    return read


def yes_or_no(text):
    found = yes_or_no_of(text)
    if found is None:
        said = gettext("看不懂“{text}”。请写“是”或“否”，也可以打“√”。")
        raise forms.ValidationError(said.format(text=text[:20]))
    return found


def labelled(choices):
    """Value → what it may be called: its label in the workbook's language, or itself."""
    with translation.override(settings.LANGUAGE_CODE):
        return {value: (plain(str(label)).lower(), str(value)) for value, label in choices}


def chosen(choices, text):
    """The value of one of `choices`, which are labelled."""
    word = plain(text).lower()
    for value, labels in choices.items():
        if word in labels:
            return value
    said = gettext("看不懂“{text}”。请写：{choices}。")
    offered = gettext("、").join(labels[0] for labels in choices.values())
    raise forms.ValidationError(said.format(text=text[:20], choices=offered))


class Named:
    """Rows known by name or by code, however they are spaced or their letters are written."""

    def __init__(self, rows, unknown):
        self.unknown = unknown
        self.rows = {}
        for row in rows:
            self.rows[_folded(row.code)] = self.rows[_folded(row.name)] = row

    def one(self, text):
        row = self.rows.get(_folded(text))
        if row is None:
            raise forms.ValidationError(self.unknown.format(text=text[:30]))
        return row

    def several(self, text):
        return [self.one(part) for part in ([text] if _folded(text) in self.rows else parted(text))]


def _folded(text):
    return plain(text).casefold()


class SealedForm(forms.Form):
    """What was shown and is now to be written: signed, so that it is neither more nor less.

    Where something is taken away, that is agreed to.
    """

    plan = forms.CharField(
        error_messages={"required": _("看不出要写入什么，什么都没有改动。请重新上传。")}
    )
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args, seal, **kwargs):
        super().__init__(*args, **kwargs)
        self.seal = seal

    @staticmethod
    def sealed(seal, plan, *, takes_away):
        """For the page: `plan` is what JSON can keep, `seal` what it is for."""
        return signing.dumps([seal, plan, bool(takes_away)], salt=SALT, compress=True)

    def clean_plan(self):
        try:
            seal, plan, self.takes_away = signing.loads(self.cleaned_data["plan"], salt=SALT)
        except signing.BadSignature:
            seal, plan = None, None
        if seal != self.seal:
            raise forms.ValidationError(self.fields["plan"].error_messages["required"])
        return plan

    def clean(self):
        super().clean()
        if getattr(self, "takes_away", False) and not self.cleaned_data.get("agreed"):
            said = gettext("没有勾选同意去掉，所以什么都没有写入。请重新上传，看清去掉的是哪些。")
            raise forms.ValidationError(said)
