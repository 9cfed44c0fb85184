"""Which branches of the star wall to show, and in which order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from branches.enums import BranchKind

from ..enums import Step

STEPS = list(Step)

# Column → what its rows are put in order by.
COLUMNS = {
    "target": lambda row: row.sheet.target_level,
    "level": lambda row: row.level,
    "met": lambda row: row.standing.met,
    "findings": lambda row: row.findings,
    "step": lambda row: STEPS.index(row.sheet.step),
}


def _all_or(choices):
    return [("", _("全部")), *choices]


class WallForm(forms.Form):
    """Nothing chosen shows all in the town's own order; what makes no sense is not asked."""

    kind = forms.ChoiceField(
        label=_("村或社区"), required=False, choices=_all_or(BranchKind.choices)
    )
    step = forms.ChoiceField(label=_("步骤"), required=False, choices=_all_or(Step.choices))
    target = forms.ChoiceField(
        label=_("与创建目标比"),
        required=False,
        choices=_all_or([("below", _("低于创建目标")), ("reached", _("达到创建目标"))]),
    )
    department = forms.ChoiceField(label=_("该哪个部门办"), required=False)
    sort = forms.ChoiceField(
        required=False,
        choices=[(sign + name, name) for name in COLUMNS for sign in ("", "-")],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = _all_or((each.code, each.name) for each in departments)
        self.full_clean()
        self.asked = self.cleaned_data

    @property
    def is_filtered(self):
        return any(value for name, value in self.asked.items() if name != "sort")

    def rows(self, rows):
        """Those of `rows` that are asked for; equals stay in the order in which they came."""
        wanted = [row for row in rows if self._shows(row)]
        column = self.asked.get("sort", "")
        key = COLUMNS.get(column.lstrip("-"))
        return sorted(wanted, key=key, reverse=column.startswith("-")) if key else wanted

    def _shows(self, row):
        asked = self.asked
        facts = {
            "kind": row.sheet.branch.kind,
            "step": row.sheet.step,
            "target": "below" if row.is_below else "reached",
        }
        code = asked.get("department")
        return all(asked.get(name) in ("", None, fact) for name, fact in facts.items()) and (
            not code or code in row.turn.departments
        )

    def headings(self):
        """Column → how it is sorted now, for aria-sort, and what to ask for to sort by it next."""
        now = self.asked.get("sort", "")
        return {
            name: {
                "now": {name: "ascending", f"-{name}": "descending"}.get(now),
                "next": name if now == f"-{name}" else f"-{name}",
            }
            for name in COLUMNS
        } | {"branch": {"now": None if now else "ascending", "next": None}}
