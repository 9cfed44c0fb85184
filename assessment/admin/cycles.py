"""Cycles: prepared here, opened and closed by guarded acts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.admin import Uncrowded
from branches.models import Branch

from .. import workflow
from ..enums import CycleState, Step
from ..models import Assessment, Cycle
from ..models.assessment import level_label
from ..workflow.cycles import (
    SETTINGS,
    blockers_to_close,
    blockers_to_open,
    branches_without_sheet,
)


def before_opening(cycle):
    """What opening will do, in sentences."""
    branches = Branch.objects.active().values_list("pk", flat=True)
    levels = dict(cycle.assessments.values_list("branch", "target_level"))
    targets = Counter(levels.get(branch, 0) for branch in branches)
    counted = gettext("、").join(
        gettext("{level} {count} 个").format(level=level_label(level), count=count)
        for level, count in sorted(targets.items(), reverse=True)
    )
    return [
        gettext("为 {count} 个支部各建一份台账，填报人随即可以开始村组标星。").format(
            count=len(branches)
        ),
        gettext("创建目标：{targets}。开启以后要改，须写明理由，支部提交以后不能再改。").format(
            targets=counted
        ),
        _held_before(cycle),
        gettext("任务清单“{name}”随即定稿，此后只能勘误文字。").format(name=cycle.catalogue),
        gettext("得星比例 {percent}% 不能再改；各步期限和目标说明仍可以改，改动会留痕。").format(
            percent=cycle.star_threshold
        ),
    ]


def _held_before(cycle):
    """Where the stars held come from, and whether that year is over."""
    before = Cycle.objects.before(cycle.year)
    if before is None:
        return gettext("在这以前没有开启过的年度，各支部都没有现有星。")
    waiting = before.assessments.exclude(step=Step.CONCLUDED).count()
    if not waiting:
        return gettext("各支部的现有星取自{before}的定星。").format(before=before)
    return gettext(
        "各支部的现有星取自{before}的定星；其中 {count} 个支部还没有办结，办结以后再“补齐台账”。"
    ).format(before=before, count=waiting)


def before_filling(cycle):
    missing = [branch.name for branch in branches_without_sheet(cycle)]
    if not missing:
        return [gettext("参加创建的支部都有台账，没有要补的。"), _held_before(cycle)]
    return [
        gettext("为 {count} 个新增支部补建台账：{names}。").format(
            count=len(missing), names=gettext("、").join(missing)
        ),
        gettext("其余台账不变。"),
        _held_before(cycle),
    ]


def before_closing(cycle):
    return [
        gettext("{cycle}从此不能再改：台账、定星和各项设置都只供查阅。").format(cycle=cycle),
        gettext("任务清单“{name}”连文字也不能再改。").format(name=cycle.catalogue),
        gettext("以后再下载工作台账，支部、部门和人员的名称、日期都是今天的样子。"),
        gettext("关闭以后不能重新开启。"),
    ]


@dataclass(frozen=True)
class Act:
    """One guarded act: where it is offered, what it will do, what stands in its way, the verb."""

    name: str
    label: str
    state: CycleState
    effects: Callable
    blockers: Callable
    verb: Callable
    done: str


def _opening_blockers(cycle):
    return blockers_to_open(cycle, Branch.objects.active())


ACTS = (
    Act(
        "open",
        _("开启"),
        CycleState.PREPARING,
        before_opening,
        _opening_blockers,
        workflow.open_cycle,
        _("已开启。"),
    ),
    Act(
        "fill",
        _("补齐台账"),
        CycleState.OPEN,
        before_filling,
        _opening_blockers,
        workflow.open_cycle,
        _("台账已补齐。"),
    ),
    Act(
        "close",
        _("关闭"),
        CycleState.OPEN,
        before_closing,
        blockers_to_close,
        workflow.close_cycle,
        _("已关闭。"),
    ),
)


class TargetInline(admin.TabularInline):
    """The branches of a year in preparation, with the level each sets out for."""

    model = Assessment
    verbose_name_plural = _("各支部的创建目标")
    fields = ("branch", "target_level")
    readonly_fields = ("branch",)
    ordering = ("branch__order",)
    can_delete = False
    view_on_site = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("branch", "cycle")


@admin.register(Cycle)
class CycleAdmin(Uncrowded, admin.ModelAdmin):
    list_display = (
        "__str__",
        "state",
        "catalogue",
        "star_threshold",
        "self_rating_due",
        "review_due",
        "supervision_due",
    )
    list_select_related = ("catalogue",)
    fieldsets = (
        (None, {"fields": ("state", "year", "catalogue", "star_threshold")}),
        (_("各步期限"), {"fields": ("self_rating_due", "review_due", "supervision_due")}),
        (_("创建目标"), {"fields": ("planned_stars", "targets_note")}),
    )
    actions = None

    def get_fieldsets(self, request, obj=None):
        closing = ((_("关闭"), {"fields": ("closed_at", "closed_by")}),)
        return self.fieldsets + (closing if obj and obj.closed_at else ())

    def has_delete_permission(self, request, obj=None):
        """A year in preparation is changed into the right one; an opened one is a record."""
        return False

    def has_change_permission(self, request, obj=None):
        return obj is None or bool(SETTINGS[obj.state])

    def get_readonly_fields(self, request, obj=None):
        open_to_change = SETTINGS[obj.state if obj else CycleState.PREPARING]
        fields = [name for _title, options in self.fieldsets for name in options["fields"]]
        return [name for name in fields if name not in open_to_change]

    def get_inlines(self, request, obj):
        return [TargetInline] if obj and obj.state == CycleState.PREPARING else []

    def save_model(self, request, obj, form, change):
        if not change:
            return super().save_model(request, obj, form, change)
        values = {name: form.cleaned_data[name] for name in form.changed_data}
        workflow.edit_cycle(obj, values, by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        workflow.enrol_branches(form.instance)

    def save_formset(self, request, form, formset, change):
        """The targets of a year in preparation go the same way as from the page for them."""
        formset.save(commit=False)
        levels = {
            sheet.pk: (row.initial["target_level"], sheet.target_level)
            for row in formset.initial_forms
            for sheet in [row.instance]
            if row.has_changed()
        }
        workflow.set_targets(form.instance, levels, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        """On to the page where the branches' targets are set."""
        return redirect("admin:assessment_cycle_change", obj.pk)

    def get_urls(self):
        own = [
            path(
                f"<int:pk>/{act.name}/",
                self.admin_site.admin_view(self.act_view),
                {"act": act},
                name=f"assessment_cycle_{act.name}",
            )
            for act in ACTS
        ]
        return own + super().get_urls()

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["acts"] = [act for act in ACTS if obj and act.state == obj.state]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def act_view(self, request, pk, act):
        """GET says what will happen and what stands in the way; POST does it."""
        cycle = self.get_object(request, pk)
        if cycle is None:
            raise Http404
        if request.method == "POST":
            self._carry_out(request, act, cycle)
        elif cycle.state == act.state:
            return self._confirm(request, act, cycle)
        return redirect("admin:assessment_cycle_change", pk)

    def _carry_out(self, request, act, cycle):
        try:
            act.verb(cycle, by=request.user)
        except workflow.Refusal as refusal:
            for blocker in refusal.blockers:
                self.message_user(request, blocker, messages.ERROR)
        else:
            self.log_change(request, cycle, str(act.label))
            said = gettext("{cycle}：{done}").format(cycle=cycle, done=act.done)
            self.message_user(request, said, messages.SUCCESS)

    def _confirm(self, request, act, cycle):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.label} · {cycle}",
            "subtitle": None,
            "opts": self.opts,
            "cycle": cycle,
            "act": act,
            "effects": act.effects(cycle),
            "blockers": act.blockers(cycle),
        }
        return TemplateResponse(request, "admin/assessment/cycle/confirm.html", context)
