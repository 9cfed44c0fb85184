"""A supervision notice: what it is drafted from, and what it says."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import FindingState
from ..models import Notice
from ..rules.characters import seen
from ..workflow.drafting import drafted
from .fields import VersionField, WordsField, part_helper

# Longest that each text may be, as the model has it.
LIMITS = {
    "title": 100,
    "opening": 2000,
    "done_well": 5000,
    "problems": 10000,
    "requirements": 5000,
    "issuer": 50,
}


class PaperField(WordsField):
    """Words that go on paper: what nobody sees, and no document holds, is left out."""

    def __init__(self, name, *, rows=0, help_text=""):
        box = forms.Textarea({"rows": rows, "data-autosize": ""}) if rows else forms.TextInput()
        super().__init__(
            label=Notice._meta.get_field(name).verbose_name,
            max_length=LIMITS[name],
            required=False,
            help_text=help_text,
            widget=box,
        )

    def to_python(self, value):
        return seen(super().to_python(value)).strip("\n")


class NoticeForm(forms.Form):
    """What the notice says, and which problems its annex lists."""

    version = VersionField()
    title = PaperField("title")
    opening = PaperField("opening", rows=4, help_text=_("为什么查、什么时候查了哪里。"))
    done_well = PaperField("done_well", rows=4, help_text=_("点名写清是哪个支部。"))
    problems = PaperField(
        "problems", rows=8, help_text=_("按支部和任务项写；单独成行、带括号序号的会排成小标题。")
    )
    requirements = PaperField("requirements", rows=6, help_text=_("怎么改、什么时候改完。"))
    issuer = PaperField("issuer")
    findings = forms.TypedMultipleChoiceField(
        label=_("附件列出的问题"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("附件的内容印发时从问题里取，不用另填。"),
    )

    helper = part_helper()
    helper.layout = Layout(
        "version",
        "title",
        "opening",
        "done_well",
        "problems",
        "requirements",
        Div("issuer", css_class="narrow-form"),
        "findings",
    )

    def __init__(self, *args, candidates, **kwargs):
        """`candidates` are the findings that the annex may list."""
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["findings"].choices = [(row.pk, _label(row)) for row in candidates]

    @classmethod
    def over(cls, notice, data, *, candidates):
        initial = {name: getattr(notice, name) for name in ("version", *LIMITS)}
        initial["findings"] = [row.pk for row in notice.findings.all()]
        return cls(data, candidates=candidates, initial=initial)

    def words(self):
        return {name: self.cleaned_data[name] for name in LIMITS}

    def chosen(self):
        """The findings that are ticked, in the order of the annex."""
        return [row for row in self.candidates if row.pk in self.cleaned_data["findings"]]

    @property
    def has_unseen(self):
        """Whether something was left out of what was typed."""
        typed = [self.data.get(self.add_prefix(name), "") for name in LIMITS]
        return any(len(seen(text)) != len(text.replace("\r\n", "\n")) for text in typed)


def _label(finding):
    state = FindingState(finding.state)
    note = f"（{state.label}）" if state == FindingState.WITHDRAWN else ""
    item = f" · {finding.item_rating.task_item}" if finding.item_rating else ""
    return f"{finding.assessment.branch.name}{item} · {finding.problem[:60]}{note}"


class NoticeChoiceForm(forms.Form):
    """What a notice is drafted from; `drafted` is the text once something is chosen."""

    inspections = forms.TypedMultipleChoiceField(coerce=int, required=False)
    findings = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, inspections, findings, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {"inspections": inspections, "findings": findings}
        for name, rows in self.rows.items():
            self.fields[name].choices = [(row.pk, str(row)) for row in rows]

    def groups(self):
        """(inspection, whether it is ticked, its findings, each with whether it is)."""
        ticked = {name: {str(pk) for pk in self[name].value() or ()} for name in self.rows}
        found = {}
        for row in self.rows["findings"]:
            is_ticked = str(row.pk) in ticked["findings"]
            found.setdefault(row.inspection_id, []).append((row, is_ticked))
        return [
            (row, str(row.pk) in ticked["inspections"], found.get(row.pk, []))
            for row in self.rows["inspections"]
        ]

    def clean(self):
        done = super().clean()
        self.findings = self._ticked("findings", done)
        # A problem is told with the inspection that found it.
        of_findings = {row.inspection_id for row in self.findings}
        chosen = of_findings | set(done.get("inspections", ()))
        self.inspections = [row for row in self.rows["inspections"] if row.pk in chosen]
        self.drafted = drafted(self.inspections, self.findings)
        for name, text in self.drafted.items():
            if len(text) > LIMITS[name]:
                self.add_error(None, self._too_long(name, text))
        return done

    def _ticked(self, name, done):
        return [row for row in self.rows[name] if row.pk in done.get(name, ())]

    def _too_long(self, name, text):
        return _(
            "选得太多：“{name}”有 {length} 个字，最多 {limit} 个字。请少选几个，分成两份通报。"
        ).format(
            name=Notice._meta.get_field(name).verbose_name, length=len(text), limit=LIMITS[name]
        )


class IssueForm(forms.Form):
    """The version that was read."""

    version = VersionField()
