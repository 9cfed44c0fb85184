"""The days for which the public list is put up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import DateField, part_helper


class SpanForm(forms.Form):
    """Both may stay empty: the paper then has room to write them by hand."""

    begins = DateField(label=_("公示起"), required=False)
    ends = DateField(label=_("公示止"), required=False)

    helper = part_helper()

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("公示止不能早于公示起。"))
        return cleaned
