"""A joint inspection: when, how, by whom, and where with what is done well there."""

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branches.models import Department

from ..models import Inspection
from ..rules.completeness import WAYS, inspection_blockers
from .fields import DateField, VersionField, part_helper, words


class InspectionForm(forms.Form):
    """The branches follow the columns: for each sheet of the year a box to tick, and its words."""

    version = VersionField()
    held_on = DateField(label=_("联查日期"))
    purpose = words(_("联查缘由"), rows=2, help_text=_("为什么查，查什么。起草通报时会用到。"))
    heard_report = forms.BooleanField(label=_("听汇报"), required=False)
    read_files = forms.BooleanField(label=_("查资料"), required=False)
    looked_on_site = forms.BooleanField(label=_("看实地"), required=False)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.all(),
        label=_("参加部门"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("参加部门的审核人可以在这次联查里登记问题。"),
    )
    participants = forms.CharField(
        label=_("参加人员"), required=False, max_length=200, help_text=_("姓名之间用顿号隔开。")
    )

    helper = part_helper()
    helper.layout = Layout(
        "version",
        Div("held_on", css_class="narrow-form"),
        Fieldset(_("联查方式"), *WAYS, css_class="choices-line"),
        "purpose",
        Div("departments", css_class="choices-columns"),
        "participants",
    )

    def __init__(self, *args, sheets, inspection=None, **kwargs):
        super().__init__(*args, initial=_initial(inspection), **kwargs)
        self.sheets = sheets
        said = {}
        if inspection:
            said = dict(inspection.visits.values_list("assessment", "done_well"))
        for sheet in sheets:
            self.fields[f"visited-{sheet.pk}"] = forms.BooleanField(
                label=sheet.branch.name, required=False, initial=sheet.pk in said
            )
            well = words(_("好的做法"), rows=2, limit=1000)
            well.widget.attrs["class"] = "form-control"  # it stands in the page without crispy
            self.fields[f"done-well-{sheet.pk}"] = well
            self.initial[f"done-well-{sheet.pk}"] = said.get(sheet.pk, "")

    def places(self):
        """(the box to tick, the words) of each sheet."""
        return [
            (self[f"visited-{sheet.pk}"], self[f"done-well-{sheet.pk}"]) for sheet in self.sheets
        ]

    def clean(self):
        done = super().clean()
        if "held_on" in done:
            for blocker in inspection_blockers(done, self.visits(), timezone.localdate()):
                self.add_error(None, str(blocker))
        return done

    def facts(self):
        """Column → value, of the inspection itself."""
        names = ("held_on", "purpose", *WAYS, "participants")
        return {name: self.cleaned_data[name] for name in names}

    def visits(self):
        """Sheet → what is done well there, of those that are ticked."""
        done = self.cleaned_data
        return {
            sheet: done.get(f"done-well-{sheet.pk}", "")
            for sheet in self.sheets
            if done.get(f"visited-{sheet.pk}")
        }


def _initial(inspection):
    if inspection is None:
        return {"version": 0, "held_on": timezone.localdate()}
    names = [field.name for field in Inspection._meta.concrete_fields]
    columns = {name: getattr(inspection, name) for name in names if name != "cycle"}
    return columns | {"departments": inspection.departments.all()}
