"""A finding, and what is said of it until it is closed."""

from itertools import groupby

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Department

from ..enums import FindingState, Light
from .fields import DateField, VersionField, part_helper, words


class FindingForm(forms.Form):
    """What was found, where, and by whom it is to be put right."""

    version = VersionField()
    sheet = forms.TypedChoiceField(label=_("支部"), coerce=int)
    item = forms.TypedChoiceField(label=_("任务项"), required=False, coerce=int, empty_value=None)
    problem = words(_("存在问题"), limit=1000, required=True)
    requirement = words(_("整改要求"), rows=2, limit=1000, required=True)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("责任部门"),
        required=False,
        empty_label=_("任务项的牵头部门"),
    )
    due_date = DateField(label=_("整改期限"))

    helper = part_helper()
    helper.layout = Layout(
        "version",
        Row(Column("sheet", css_class="col-sm-4"), Column("item", css_class="col-sm-8")),
        "problem",
        "requirement",
        Row(Column("department", css_class="col-sm-8"), Column("due_date", css_class="col-sm-4")),
    )

    def __init__(self, *args, sheets, tasks, **kwargs):
        """`sheets` and `tasks` are what may be chosen: branches visited, items of the year."""
        super().__init__(*args, **kwargs)
        self.sheets = {sheet.pk: sheet for sheet in sheets}
        self.tasks = {task.pk: task for task in tasks}
        places = [(sheet.pk, sheet.branch.name) for sheet in sheets]
        nowhere = [("", _("请选支部"))] if len(places) > 1 else []
        self.fields["sheet"].choices = nowhere + places
        self.fields["item"].choices = [("", _("不对应任务项")), *_by_category(tasks)]

    @classmethod
    def over(cls, finding, data, *, tasks):
        """To correct `finding`, which stays where it was made."""
        names = ("version", "problem", "requirement", "due_date")
        initial = {name: getattr(finding, name) for name in names} | {
            "sheet": finding.assessment_id,
            "item": finding.item_rating and finding.item_rating.task_item_id,
            "department": finding.department_id,
        }
        return cls(data, sheets=[finding.assessment], tasks=tasks, initial=initial)

    def clean(self):
        done = super().clean()
        task = self.tasks.get(done.get("item"))
        if task and not done.get("department"):
            done["department"] = task.lead_department
        if not done.get("department") and "department" not in self.errors:
            self.add_error("department", _("不对应任务项的问题，要选责任部门。"))
        return done

    def facts(self):
        """Column → value."""
        done = self.cleaned_data
        names = ("problem", "requirement", "department", "due_date")
        row = self.chosen_sheet.items.select_related("task_item__category")
        item = row.get(task_item=done["item"]) if done["item"] else None
        return {"item_rating": item, **{name: done[name] for name in names}}

    @property
    def chosen_sheet(self):
        return self.sheets[self.cleaned_data["sheet"]]


def _by_category(tasks):
    groups = groupby(tasks, key=lambda task: task.category)
    return [
        (category.name, [(task.pk, f"{task.number} · {task.name}") for task in group])
        for category, group in groups
    ]


class RectificationForm(forms.Form):
    """What the branch has done."""

    measure = words(_("整改措施"), required=True, limit=2000)
    responsible_person = forms.CharField(label=_("责任人"), max_length=30)

    helper = part_helper()


class RecheckForm(forms.Form):
    """What whoever re-checks says of the round that was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    note = words(_("复核意见"), rows=2, help_text=_("不通过的，要写明理由。"))

    helper = part_helper()


class AskExtensionForm(forms.Form):
    due = DateField(label=_("延期至"))
    reason = words(_("申请理由"), required=True, rows=2)

    helper = part_helper()


class AnswerExtensionForm(forms.Form):
    answer = words(_("答复"), rows=2, help_text=_("不同意的，要写明理由。"))

    helper = part_helper()


class FindingFilterForm(forms.Form):
    """Which findings to list; nothing chosen lists all."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("unresolved", _("还没有销号")), *FindingState.choices],
    )
    light = forms.ChoiceField(
        label=_("红黄绿"), required=False, choices=[("", _("全部")), *Light.choices]
    )
    branch = forms.CharField(label=_("支部"), required=False, max_length=50)
    department = forms.ModelChoiceField(
        Department.objects.all(),
        label=_("责任部门"),
        required=False,
        empty_label=_("全部"),
        to_field_name="code",
    )

    def rows(self, findings, today):
        """Those of `findings` that are asked for; what makes no sense is not asked."""
        self.full_clean()
        asked = self.cleaned_data
        if asked.get("state") == "unresolved":
            findings = findings.unresolved()
        elif asked.get("state"):
            findings = findings.filter(state=asked["state"])
        if asked.get("light"):
            findings = findings.in_light(asked["light"], today)
        if asked.get("branch"):
            named = Branch.objects.named(asked["branch"])
            findings = findings.filter(assessment__branch__in=named)
        if asked.get("department"):
            findings = findings.filter(department=asked["department"])
        return findings
