"""Of which days to report, and the paragraph of words on them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import SpanFault
from ..models import span_label
from ..rules.spans import (
    BadSpan,
    Span,
    checked,
    month_named,
    month_of,
    months_between,
    quarter_named,
    quarter_of,
)
from .fields import DateField, VersionField, part_helper, words

# As many months back as a list of them stays easy to read.
MONTHS = 24


class SpanForm(forms.Form):
    """A month, a quarter or any days; nothing asked is the month of the latest event.

    `span` is what a valid form asks for.
    """

    month = forms.CharField(label=_("月份"), required=False, widget=forms.Select)
    quarter = forms.CharField(label=_("季度"), required=False, widget=forms.Select)
    begins = DateField(label=_("起"), required=False)
    ends = DateField(label=_("止"), required=False)

    helper = part_helper()

    def __init__(self, asked, *, first, last, today):
        """`first` and `last` are the days of the year's first and latest event."""
        self.usual, self.first, self.today = month_of(last), first, today
        self.span = None
        said = {name: asked[name] for name in self.base_fields if asked.get(name)}
        super().__init__(said or self.usual.query)
        months = months_between(first, max(last, today), MONTHS)
        quarters = dict.fromkeys(quarter_of(month.begins_on) for month in months)
        self.fields["month"].widget.choices = _choices("month", months)
        self.fields["quarter"].widget.choices = _choices("quarter", quarters)

    def clean(self):
        done = super().clean()
        if not self.errors:
            try:
                self.span = checked(_asked(done), self.today)
            except BadSpan as refusal:
                self.add_error(None, str(refusal))
        return done


def _choices(name, spans):
    return [("", "—"), *((span.query[name], span_label(span)) for span in spans)]


def _asked(done):
    if done["month"]:
        return month_named(done["month"])
    if done["quarter"]:
        return quarter_named(done["quarter"])
    if not (done["begins"] and done["ends"]):
        raise BadSpan(SpanFault.HALF)
    return Span(done["begins"], done["ends"])


class ReportNoteForm(forms.Form):
    """The paragraph; left empty, there is none. `span` is set once the form is valid."""

    version = VersionField()
    begins = forms.DateField(required=False, widget=forms.HiddenInput)
    ends = forms.DateField(required=False, widget=forms.HiddenInput)
    text = words(_("汇报说明"), rows=4, limit=2000, help_text=_("可以不写。会与填写人一起保存。"))

    helper = part_helper()

    @classmethod
    def over(cls, note, span, today):
        """As it stands, on that span."""
        initial = {"begins": span.begins_on, "ends": span.ends_on}
        initial |= {"version": note.version if note else 0, "text": note.text if note else ""}
        return cls(initial=initial, today=today)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.span = today, None

    def clean(self):
        done = super().clean()
        if not (done.get("begins") and done.get("ends")):
            raise forms.ValidationError(
                _("看不出这是哪一段时间的汇报，没有保存。请抄下所写内容，重新打开汇报。")
            )
        try:
            self.span = checked(Span(done["begins"], done["ends"]), self.today)
        except BadSpan as refusal:
            self.add_error(None, str(refusal))
        return done
