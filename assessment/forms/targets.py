"""The targets of a whole town, in one table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Step
from ..models.assessment import level_label
from ..rules.targets import HIGHEST
from .fields import part_helper


class TargetsForm(forms.Form):
    """A target for each sheet that still takes one, with the target it was read at."""

    reason = forms.CharField(label=_("理由"), max_length=200, required=False)

    helper = part_helper()
    helper.render_unmentioned_fields = False

    def __init__(self, *args, sheets, proposed, **kwargs):
        """`proposed` maps a sheet's id to the level to begin with instead of its target."""
        super().__init__(*args, **kwargs)
        self.sheets = [sheet for sheet in sheets if sheet.step == Step.SELF_RATING]
        for sheet in self.sheets:
            self.fields[_level(sheet)] = forms.TypedChoiceField(
                label=sheet.branch.name,
                choices=[(level, level_label(level)) for level in range(HIGHEST + 1)],
                coerce=int,
                empty_value=None,
                initial=proposed.get(sheet.pk, sheet.target_level),
                required=False,
                widget=forms.Select({"class": "form-select", "aria-label": sheet.branch.name}),
            )
            self.fields[_read(sheet)] = forms.IntegerField(
                initial=sheet.target_level,
                required=False,
                widget=forms.HiddenInput({"autocomplete": "off"}),
            )

    def clean(self):
        done = super().clean()
        for sheet in self.sheets:
            if done.get(_level(sheet)) is not None and done.get(_read(sheet)) is None:
                self.add_error(_level(sheet), _("看不出这一页是什么时候打开的，请重新打开再设。"))
        return done

    def boxes(self):
        """Sheet id → its two boxes."""
        return {sheet.pk: (self[_level(sheet)], self[_read(sheet)]) for sheet in self.sheets}

    def levels(self):
        """Sheet id → (the target as it was read, the one wanted), for those that were sent."""
        done = self.cleaned_data
        return {
            sheet.pk: (done[_read(sheet)], done[_level(sheet)])
            for sheet in self.sheets
            if done.get(_level(sheet)) is not None
        }

    def read_again(self):
        """What was typed stays; the next save is made knowing the targets as they now stand."""
        self.data = self.data.copy()
        for sheet in self.sheets:
            self.data[self.add_prefix(_read(sheet))] = sheet.target_level


def _level(sheet):
    return f"level-{sheet.pk}"


def _read(sheet):
    return f"read-{sheet.pk}"
