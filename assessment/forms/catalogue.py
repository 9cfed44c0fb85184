"""A catalogue that comes back as a workbook, and the year of a new one."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.models import Department

from .. import ledger
from ..ledger.catalogue import COLUMNS
from ..models import TaskItem
from ..rules.lists import category_code, place_of_item
from ..workflow.revisions import Revision, held_in, state_of, values_of
from .lists import (
    NO_DEPARTMENT,
    Cells,
    Named,
    chosen,
    labelled,
    number_reader,
    words_reader,
    yes_or_no,
)
from .workbook import WorkbookForm

MOST_ITEMS = 500
HIGHEST = 9_999  # of an item's number and of its points
REQUIRED = ("number", "name", "standard", "lead_department", "points")
NEVER_BLANK = (*REQUIRED, "category_code", "category_name")
PLACE = ("category_code", "number")


class CopyForm(forms.Form):
    """The year and the name of a catalogue that begins as a copy."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2999)
    name = forms.CharField(label=_("名称"), max_length=100)


class CatalogueWorkbookForm(WorkbookForm):
    """The workbook of `catalogue`, changed at a desk."""

    def __init__(self, *args, catalogue, **kwargs):
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue

    def clean_workbook(self):
        try:
            read = ledger.read_catalogue(self.cleaned_data["workbook"])
        except ledger.Unfit as refusal:
            raise forms.ValidationError([str(each) for each in refusal.blockers]) from None
        if read.about.code != str(self.catalogue.year):
            said = gettext(
                "这是 {their_year} 年的“{theirs}”，不是 {year} 年的“{own}”。请选对的那一份。"
            )
            raise forms.ValidationError(
                said.format(
                    their_year=read.about.code[:8],
                    theirs=read.about.name,
                    year=self.catalogue.year,
                    own=self.catalogue,
                )
            )
        return read

    def revising(self):
        """What a valid form's workbook would make of the catalogue."""
        return Revising(self.catalogue, self.cleaned_data["workbook"])


class Revising:
    """The workbook beside the catalogue: the revision, what it changes, and what is wrong."""

    def __init__(self, catalogue, read):
        self.catalogue, self.cells = catalogue, Cells(read, COLUMNS)
        self.standing = {item.pk: item for item in ledger.items_of(catalogue)}
        self.earlier = earlier_items(catalogue.year)
        categories, items = held_in(catalogue)
        self.old_names = {each.code: each.name for each in categories}
        self.seen = state_of(categories, items)
        self.names, self.items, self.rows = {}, [], []
        self.readers = self._readers()
        for row in read.rows:
            self._read(row)
        missing = {_pk(key) for key in read.missing}
        self.takes_away = bool(missing & self.standing.keys())
        self._keep_what_was_not_there(read.known)
        self._check_places()
        self.revision = Revision(self.seen, self.items, self._categories())

    @property
    def wrong(self):
        return self.cells.wrong

    def _readers(self):
        departments = Named(Department.objects.all(), NO_DEPARTMENT)
        sources = labelled(TaskItem.Source.choices)
        return {
            "category_code": _category_code,
            "category_name": words_reader(30, required=True, is_line=True),
            "number": number_reader(HIGHEST),
            "name": words_reader(100, required=True, is_line=True),
            "standard": words_reader(1000, required=True),
            "materials": words_reader(1000),
            "lead_department": lambda text: departments.one(text).pk,
            "cooperating_departments": lambda text: sorted(
                {department.pk for department in departments.several(text)}
            ),
            "points": number_reader(HIGHEST),
            "is_key": yes_or_no,
            "source": lambda text: chosen(sources, text) if text else TaskItem.Source.DRAFTED.value,
            "previous": self._previous,
        }

    def _previous(self, text):
        place = place_of_item(text)
        if text and place not in self.earlier:
            said = gettext("没有“{text}”这一项。请写成“2022 ST-3”的样子，要是以前年度里有的。")
            raise forms.ValidationError(said.format(text=text[:30]))
        return self.earlier[place] if text else None

    def _read(self, row):
        item = self.standing.get(_pk(row.key))
        if row.key and not item:
            said = gettext("这一项在您下载以后从清单里去掉了。请删掉这一行，或者另起一行新增。")
            return self.cells.complain(row, "name", said)
        subject = item.name if item else row.cells["name"].text if "name" in row.cells else ""
        values = values_of(item) if item else _blank()
        found = self.cells.values(row, self.readers, subject, NEVER_BLANK)
        if not item:
            self.cells.demand(row, REQUIRED, subject)
        code, name = found.pop("category_code", None), found.pop("category_name", None)
        values |= found
        values["category"] = self._category(row, item, code or values["category"], name)
        self.items.append({"pk": item and item.pk, "values": values})
        self.rows.append((row, values["name"] or subject, values))

    def _category(self, row, item, code, name):
        """The code of the row's category, checked against the names that its rows give it."""
        subject = item.name if item else ""
        if not code:
            if "category_code" not in row.cells:
                self.cells.demand(row, ["category_code"], subject)
            return ""
        if not name and item and item.category.code == code and "category_name" not in row.cells:
            name = item.category.name
        if name and self.names.setdefault(code, name) != name:
            said = gettext("{code} 这一类有两个名称：“{first}”和“{second}”。请改成一样的。")
            said = said.format(code=code, first=self.names[code], second=name)
            self.cells.complain(row, "category_name", said, subject)
        elif code not in self.old_names and code not in self.names:
            said = gettext("{code} 是新的类别，请写它的名称。").format(code=code)
            self.cells.complain(row, "category_name", said, subject)
        return code

    def _keep_what_was_not_there(self, known):
        """Items added on the website since the workbook went out stay as they are."""
        self.added = [item for pk, item in self.standing.items() if str(pk) not in known]
        self.items += [{"pk": item.pk, "values": values_of(item)} for item in self.added]

    def _check_places(self):
        """No two items in one place."""
        taken = {(item.category.code, item.number): item.name for item in self.added}
        # Those that were moved come last: it is they that took somebody's place.
        for row, subject, values in sorted(self.rows, key=_is_moved):
            place = values["category"], values["number"]
            if all(place) and place in taken:
                said = gettext("{code}-{number} 已经是“{name}”的位置，请改成别的序号。")
                said = said.format(code=place[0], number=place[1], name=taken[place])
                self.cells.complain(row, "number", said, subject)
            taken.setdefault(place, subject)
        if len(self.items) > MOST_ITEMS:
            self.wrong.append(gettext("任务项多于 {limit} 项，没有收下。").format(limit=MOST_ITEMS))

    def _categories(self):
        """Code → name of every category that holds an item, and of those that never did."""
        codes = {each["values"]["category"] for each in self.items} - {""}
        emptied = {item.category.code for item in self.standing.values()} - codes
        stay = self.old_names.keys() - emptied
        names = self.old_names | self.names
        every = dict.fromkeys([*self.old_names, *names])
        return {code: names[code] for code in every if code in codes | stay}


def _category_code(text):
    code = category_code(text)
    if not code:
        said = gettext("看不懂“{text}”。类别代码是一到八个大写字母或数字，以字母开头，如 ST。")
        raise forms.ValidationError(said.format(text=text[:20]))
    return code


def _is_moved(entry):
    return any(name in entry[0].cells for name in PLACE)


def _blank():
    return {
        "category": "",
        "number": 0,
        "name": "",
        "standard": "",
        "materials": "",
        "points": 1,
        "is_key": False,
        "source": TaskItem.Source.DRAFTED.value,
        "lead_department": None,
        "cooperating_departments": [],
        "previous": None,
    }


def _pk(key):
    """The id that a row's key is; anything may stand there."""
    return int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None


def earlier_items(year):
    """(year, category code, number) → id of every item of the catalogues before."""
    items = TaskItem.objects.filter(category__catalogue__year__lt=year)
    rows = items.values_list("category__catalogue__year", "category__code", "number", "pk")
    return {tuple(place): pk for *place, pk in rows}
