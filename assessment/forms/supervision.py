"""The committee's forms: its own mark on an item, the five decisions, an extension."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Rating, Step
from .fields import DateField, VersionField, part_helper, words


class SupervisionForm(forms.Form):
    """The committee's own mark on an item, with its reason; blank: the department's counts."""

    version = VersionField()
    supervision = forms.ChoiceField(
        label=_("党委督星"),
        required=False,
        choices=[("", _("以部门瞄星为准")), *Rating.choices],
        widget=forms.RadioSelect,
    )
    supervision_note = words(_("督星意见"), help_text=_("党委自行评定时必须写明理由。"))

    helper = part_helper()
    helper.layout = Layout("version", InlineRadios("supervision"), "supervision_note")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("supervision") and not cleaned.get("supervision_note"):
            self.add_error("supervision_note", _("党委自行评定，要写明理由。"))
        return cleaned


class DecisionForm(forms.Form):
    """One star's decision, in a page of five; left blank, the star stays undecided."""

    awarded = forms.TypedChoiceField(
        label=_("评定星"),
        required=False,
        choices=[("yes", _("评定")), ("no", _("不评定"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    reason = words(_("理由"), rows=1)

    helper = part_helper()
    helper.layout = Layout(Div(InlineRadios("awarded"), "reason", css_class="decision-form"))

    def __init__(self, *args, star, **kwargs):
        shown = {True: "yes", False: "no"}.get(star.star.awarded)
        initial = {"awarded": shown, "reason": star.star.reason}
        super().__init__(*args, initial=initial, prefix=star.code, **kwargs)
        self.star = star


class ExtensionForm(forms.Form):
    """A later due date for one branch."""

    step = forms.ChoiceField(label=_("步骤"))
    due = DateField(label=_("延期至"))
    reason = words(_("理由"), required=True, rows=2)

    helper = part_helper()

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        steps = Step.marking_from(sheet.step)
        self.fields["step"].choices = [(step.value, step.label) for step in steps]
