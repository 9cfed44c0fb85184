"""The department's forms: a mark with its note, and the reason of a return."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from branches.enums import BranchKind
from branches.models import Branch

from ..enums import Rating, ReturnField, ReviewState
from .fields import VersionField, part_helper, words

RETURN_FIELDS = [("", _("整项")), *ReturnField.choices]


class ReviewForm(forms.Form):
    """A department's mark: its draft until it signs off."""

    version = VersionField()
    review = forms.ChoiceField(label=_("部门瞄星"), choices=Rating, widget=forms.RadioSelect)
    review_note = words(_("瞄星意见"), help_text=_("村里和党委都看得到。"))

    helper = part_helper()
    helper.layout = Layout("version", InlineRadios("review"), "review_note")


class ReasonForm(forms.Form):
    """Why: for acts that need a reason and nothing else."""

    reason = words(_("理由"), required=True, rows=2)

    helper = part_helper()


class ItemReasonForm(ReasonForm):
    """Why, for an act on one item as it was read."""

    version = VersionField()


class ReturnForm(ItemReasonForm):
    """Why an item goes back to its branch, and which of its boxes that is about."""

    field = forms.ChoiceField(
        label=_("退回的是哪一栏"),
        required=False,
        choices=RETURN_FIELDS,
        help_text=_("选了栏目，支部打开这一项时，理由就显示在那一栏旁边。"),
    )

    helper = part_helper()
    helper.layout = Layout("version", "field", "reason")


class OpinionForm(forms.Form):
    """What a cooperating department says of an item."""

    text = words(_("配合意见"), required=True, help_text=_("牵头部门和党委看得到，支部看不到。"))
    version = VersionField()

    helper = part_helper()

    @classmethod
    def over(cls, opinion):
        """To rewrite `opinion`, or to write the first one where it is None."""
        initial = {"text": opinion.text, "version": opinion.version} if opinion else {"version": 0}
        return cls(initial=initial, auto_id="opinion-%s")


class ChosenField(forms.Field):
    """Items ticked in a table, each as id:version; becomes a map of the one to the other."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("还没有选任务项，请先勾选。"),
        "invalid": _("看不出选了哪些任务项，请回到列表重新勾选。"),
    }

    def to_python(self, value):
        try:
            return {int(pk): int(version) for pk, version in (each.split(":") for each in value)}
        except (ValueError, TypeError):
            raise forms.ValidationError(self.error_messages["invalid"]) from None


class ReviewManyForm(forms.Form):
    """One mark with one note for many items."""

    chosen = ChosenField()
    review = forms.ChoiceField(label=_("部门瞄星"), choices=Rating, widget=forms.RadioSelect)
    review_note = words(_("瞄星意见"), rows=2, help_text=_("未达标或不适用，要写明理由。"))

    helper = part_helper()
    helper.layout = Layout(InlineRadios("review"), "review_note")


class PhrasesForm(forms.Form):
    """A department's phrases, a line each."""

    LONGEST, MOST = 200, 30

    phrases = words(
        _("常用语"),
        rows=8,
        limit=6000,
        help_text=_("一行一条，按这里的先后列出；删去一行就是删去一条。"),
    )

    helper = part_helper()

    def clean_phrases(self):
        lines = [line.strip() for line in self.cleaned_data["phrases"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > self.MOST:
            raise forms.ValidationError(_("最多 %(most)d 条。") % {"most": self.MOST})
        if any(len(line) > self.LONGEST for line in lines):
            raise forms.ValidationError(_("一条最多 %(most)d 个字。") % {"most": self.LONGEST})
        return lines


class FilterForm(forms.Form):
    """Which rows of a table of items to show; nothing chosen shows all."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *ReviewState.choices]
    )

    def rows(self, items):
        """Those of `items` that are asked for; what makes no sense is not asked."""
        self.full_clean()
        state = self.cleaned_data.get("state")
        return items.in_state(state) if state else items


class BranchFilterForm(FilterForm):
    """Over one item down all branches."""

    star = forms.ChoiceField(
        label=_("拟创星"),
        required=False,
        choices=[("", _("全部")), ("targeted", _("拟创这颗星")), ("other", _("不创这颗星"))],
    )
    kind = forms.ChoiceField(
        label=_("类型"), required=False, choices=[("", _("全部")), *BranchKind.choices]
    )
    branch = forms.CharField(label=_("支部"), required=False, max_length=50)

    def rows(self, items):
        items = super().rows(items)
        asked = self.cleaned_data
        if asked.get("star"):
            items = items.of_star(is_targeted=asked["star"] == "targeted")
        if asked.get("kind"):
            items = items.filter(assessment__branch__kind=asked["kind"])
        if asked.get("branch"):
            named = Branch.objects.named(asked["branch"])
            items = items.filter(assessment__branch__in=named)
        return items


class StarFilterForm(FilterForm):
    """Over one branch down the items."""

    star = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, *args, categories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["star"].choices = [("", _("全部")), *categories]

    def rows(self, items):
        items = super().rows(items)
        star = self.cleaned_data.get("star")
        return items.filter(task_item__category__code=star) if star else items
