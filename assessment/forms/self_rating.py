"""The branch's forms: one item's words and mark, and the stars it sets out for."""

from crispy_forms.bootstrap import InlineCheckboxes, InlineRadios
from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Rating
from ..models.fields import WORDS
from .fields import DateField, VersionField, part_helper, words


def returned(box):
    """Where the reviewer's reason stands if it is about `box`."""
    return HTML(f"{{% include 'assessment/includes/return_reason.html' with box='{box}' %}}")


class SelfRatingForm(forms.Form):
    """One item as the branch writes it. Blanks are allowed until the sheet is submitted."""

    version = VersionField()
    self_rating = forms.ChoiceField(
        label=_("村组标星"),
        required=False,
        choices=Rating,
        widget=forms.RadioSelect,
        help_text=_("对照考核指标，实事求是。不适用的，在备注里写明理由。"),
    )
    measures = words(_("具体举措"), limit=WORDS)
    progress = words(_("进展情况"), limit=WORDS)
    responsible_leader = forms.CharField(label=_("责任领导"), required=False, max_length=30)
    responsible_person = forms.CharField(label=_("责任人"), required=False, max_length=30)
    due_date = DateField(label=_("完成时限"), required=False)
    self_rating_note = words(_("备注"), rows=2)

    helper = part_helper()
    helper.layout = Layout(
        "version",
        returned("self_rating"),
        InlineRadios("self_rating"),
        returned("measures"),
        "measures",
        returned("progress"),
        "progress",
        returned("responsible_person"),
        Row(
            Column("responsible_leader", css_class="col-sm-4"),
            Column("responsible_person", css_class="col-sm-4"),
            Column("due_date", css_class="col-sm-4"),
        ),
        "self_rating_note",
    )


# What the branch writes, in the order of the grid's columns.
COLUMNS = tuple(name for name in SelfRatingForm.base_fields if name != "version")


class RowForm(SelfRatingForm):
    """The same boxes as cells of a row, each named by its row and its column."""

    self_rating = forms.ChoiceField(
        required=False, choices=[("", _("未标")), *Rating.choices], widget=forms.Select
    )
    # Without the browser's date picker, which has uses of its own for Tab and the arrows.
    due_date = DateField(required=False, widget=forms.DateInput(format="%Y-%m-%d"))

    def __init__(self, *args, item, **kwargs):
        initial = {name: getattr(item, name) for name in self.base_fields}
        super().__init__(*args, prefix=item.pk, initial=initial, **kwargs)
        for column, name in enumerate(COLUMNS):
            attrs = self.fields[name].widget.attrs
            attrs.pop("data-autosize", None)  # a cell grows by its style sheet
            attrs |= {
                "form": "all-rows",
                "aria-labelledby": f"row-{item.pk} column-{name}",
                "aria-describedby": f"state-{item.pk}",
                "data-column": column,
            }
        self.fields["version"].widget.attrs["form"] = "all-rows"

    def cells(self):
        return [self[name] for name in COLUMNS]


class TargetStarsForm(forms.Form):
    """The stars the branch sets out for."""

    stars = forms.MultipleChoiceField(
        label=_("拟创星"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("请勾选今年要创的星，至少选够创建目标。"),
    )

    helper = part_helper()
    helper.layout = Layout(InlineCheckboxes("stars"))

    def __init__(self, *args, stars, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stars"].choices = [(star.category.code, star.category.name) for star in stars]
        self.initial["stars"] = [star.category.code for star in stars if star.targeted]
