"""What of a year to download, and how."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import LedgerScope, LedgerUse
from ..ledger import Choices
from .fields import part_helper

TOWN = LedgerScope.TOWN.value


def scope_value(scope, place):
    """How an address names a scope, such as star-ST."""
    return f"{scope.value}-{place.code}"


class LedgerForm(forms.Form):
    """Sent by GET, so that the address of a download can be kept; what it leaves out is as usual.

    `sheets`, `departments` and `categories` are those of which the reader may see anything.
    """

    scope = forms.ChoiceField(label=_("范围"), required=False)
    use = forms.TypedChoiceField(
        label=_("用途"),
        choices=LedgerUse,
        required=False,
        coerce=LedgerUse,
        empty_value=LedgerUse.PRINT,
        widget=forms.RadioSelect,
        help_text=_("打印的有封面、标题、签字处和页码；筛选的每张只有一行表头，没有合并的格子。"),
    )
    words = forms.TypedChoiceField(
        label=_("部门和党委写的意见、理由"),
        choices=[("yes", _("写上")), ("no", _("不写"))],
        required=False,
        coerce=lambda value: value == "yes",
        empty_value=True,
        widget=forms.RadioSelect,
    )
    branches = forms.BooleanField(label=_("再附上各支部的台账，一个支部一张"), required=False)

    helper = part_helper()
    helper.layout = Layout("scope", InlineRadios("use"), InlineRadios("words"), "branches")

    def __init__(self, *args, sheets, departments, categories, initial=None, **kwargs):
        usual = {"scope": TOWN, "use": LedgerUse.PRINT.value, "words": "yes"}
        super().__init__(*args, initial=usual | (initial or {}), **kwargs)
        groups = {
            LedgerScope.BRANCH: [sheet.branch for sheet in sheets],
            LedgerScope.DEPARTMENT: departments,
            LedgerScope.STAR: categories,
        }
        self.sheets = sheets
        self.places = {TOWN: (LedgerScope.TOWN, None)} if sheets else {}
        self.places |= {
            scope_value(scope, place): (scope, place)
            for scope, places in groups.items()
            for place in places
        }
        everything = gettext("全部（{count} 个支部）").format(count=len(sheets))
        self.fields["scope"].choices = [
            *([(TOWN, everything)] if sheets else []),
            *(
                (scope.label, [(scope_value(scope, place), place.name) for place in places])
                for scope, places in groups.items()
            ),
        ]

    def clean_scope(self):
        asked = self.cleaned_data["scope"] or TOWN
        if asked not in self.places:
            raise forms.ValidationError(_("这一年里没有您能看到的支部台账。"))
        return self.places[asked]

    @property
    def choices(self):
        """What a valid form asks for."""
        asked = self.cleaned_data
        scope, place = asked["scope"]
        return Choices(
            scope=scope,
            place=place,
            has_reviewers_words=asked["words"],
            use=asked["use"],
            has_branch_sheets=asked["branches"],
        )
