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
        agreed, differs = _("同意提议"), _("与提议不同，写明理由")
        self.fields["awarded"].choices = [
            (value, _("{decision}（{how}）").format(decision=decision, how=how))
            for value, decision, how in (
                ("yes", _("评定"), agreed if star.proposed else differs),
                ("no", _("不评定"), differs if star.proposed else agreed),
            )
        ]


class SealedField(forms.Field):
    """Sheets ticked in a list, each as id:seal; becomes a map of the one to the other."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("还没有选支部，请先勾选。"),
        "invalid": _("看不出选了哪些支部，请回到列表重新勾选。"),
    }

    def to_python(self, value):
        try:
            pairs = [each.split(":") for each in value or []]
            return {int(pk): seal for pk, seal in pairs}
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None


class ManySheetsForm(forms.Form):
    """The sheets that one act is about, as they were read."""

    chosen = SealedField()


class ReopenForm(forms.Form):
    """Why a concluded sheet is opened again, and which of its stars are withdrawn with it."""

    reason = words(_("理由"), required=True, rows=2)
    withdrawn = forms.MultipleChoiceField(
        label=_("摘去的星"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不摘星、只是要再看一看，就一颗也不选。"),
    )

    helper = part_helper()

    def __init__(self, *args, stars, **kwargs):
        super().__init__(*args, **kwargs)
        awarded = [star.category for star in stars if star.awarded]
        self.fields["withdrawn"].choices = [(each.code, each.name) for each in awarded]


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
