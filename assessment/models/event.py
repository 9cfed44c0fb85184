"""Events: what was done, kept for good. The database refuses change too (migration 0002)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Verb
from ..rules.rewinding import Change
from .constraints import choice
from .finding import Finding

# What changes an item's words and files.
BY_BRANCH = (
    Verb.SELF_RATE,
    Verb.FILE_EVIDENCE,
    Verb.ATTACH_EVIDENCE,
    Verb.DETACH_EVIDENCE,
    Verb.REPLACE_EVIDENCE,
)

# What changes anything that a progress report counts, beside what names a category anew.
REPORTED = (
    Verb.TARGET_STARS,
    Verb.SUBMIT,
    Verb.COLLECT,
    Verb.EXTEND,
    Verb.REVIEW,
    Verb.RETURN,
    Verb.RESUBMIT,
    Verb.SIGN_OFF,
    Verb.SIGN_OFF_FOR,
    Verb.SUPERVISE,
    Verb.SEND_BACK,
    Verb.DECIDE,
    Verb.CONCLUDE,
    Verb.REOPEN,
    Verb.RECORD_INSPECTION,
    Verb.RECORD_FINDING,
    Verb.WITHDRAW_FINDING,
    Verb.RECTIFY,
    Verb.CLOSE_FINDING,
    Verb.REFUSE_RECTIFICATION,
    Verb.GRANT_EXTENSION,
    Verb.SET_ASIDE,
    Verb.ISSUE_NOTICE,
)


class EventQuerySet(models.QuerySet):
    """Append-only: rows are made, never changed or removed."""

    def visible_on(self, sheet, user):
        """Events on a sheet and on those of its items that `user` may see."""
        seen = sheet.items.visible_to(user).values("pk")
        found = Finding.objects.visible_to(user).filter(assessment=sheet).values("pk")
        about = models.Q(item_rating__isnull=True) | models.Q(item_rating__in=seen)
        about &= models.Q(finding__isnull=True) | models.Q(finding__in=found)
        return self.filter(about, assessment=sheet).without_opinions_for(sheet.items, user)

    def visible_about(self, item, user):
        """Events on an item that `user` may see."""
        return self.filter(item_rating=item).without_opinions_for(item.assessment.items, user)

    def without_opinions_for(self, items, user):
        """The branch does not read what departments say to one another about its items."""
        read = models.Q(item_rating__in=items.reviewed_by(user).values("pk"))
        return self.filter(~models.Q(verb=Verb.OPINE) | read)

    def since_return(self, *items):
        """The branch's changes to returned items since each was handed back, oldest first."""
        saves = self.filter(item_rating__in=items, verb__in=BY_BRANCH)
        return saves.filter(at__gte=models.F("item_rating__returned_at")).order_by("pk")

    def reported_of(self, cycle):
        """What a progress report on the year counts; of the branch's saves those of its marks."""
        marked = models.Q(verb=Verb.SELF_RATE, changes__has_key="self_rating")
        return self.filter(models.Q(verb__in=REPORTED) | marked, cycle=cycle)

    def days(self):
        """Those of the first and of the latest, or None where there is none."""
        found = self.aggregate(first=models.Min("at"), last=models.Max("at"))
        if found["first"] is None:
            return None
        return timezone.localdate(found["first"]), timezone.localdate(found["last"])

    def changes_since(self, cycle, moment):
        """(when, Change) of what has changed the year since, newest first.

        Corrected names are nobody's year, but older events go by the older ones.
        """
        renamed = self.filter(verb=Verb.CORRECT, changes__has_key="name")
        places = ("assessment", "item_rating", "finding", "department__code")
        columns = (*places, "from_state", "to_state", "changes")
        found = (self.reported_of(cycle) | renamed).filter(at__gte=moment)
        rows = found.order_by("-at", "-pk").values_list("at", "verb", *columns)
        return [(at, Change(*change)) for at, *change in rows]

    def update(self, **kwargs):
        raise TypeError("events are never changed")

    def delete(self):
        raise TypeError("events are never removed")

    def holds_demonstration(self):
        """Whether this database is a demonstration: its first event says so, and stays."""
        return self.filter(verb=Verb.DEMONSTRATE).exists()


class Event(models.Model):
    """One act: who, when, what, from → to, which fields from which words to which, and why.

    `changes` maps a field name to [old, new]. `subject` keeps the name of what was acted on as it
    was then. `actor` is empty for an act of the system or a failed sign-in. `department` is whose
    part of a sheet was signed off.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("经办人"),
    )
    verb = models.CharField(_("事项"), max_length=20, choices=Verb)
    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    subject = models.CharField(_("对象"), max_length=200)
    cycle = models.ForeignKey(
        "assessment.Cycle",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("年度创建"),
    )
    assessment = models.ForeignKey(
        "assessment.Assessment",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("支部台账"),
    )
    item_rating = models.ForeignKey(
        "assessment.ItemRating",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("任务项评定"),
    )
    inspection = models.ForeignKey(
        "assessment.Inspection",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("部门联查"),
    )
    finding = models.ForeignKey(
        "assessment.Finding",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("问题"),
    )
    notice = models.ForeignKey(
        "assessment.Notice",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("督查通报"),
    )
    department = models.ForeignKey(
        "branches.Department",
        null=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("部门"),
    )
    from_state = models.CharField(_("原状态"), max_length=20, blank=True)
    to_state = models.CharField(_("新状态"), max_length=20, blank=True)
    changes = models.JSONField(_("改动"), default=dict)
    reason = models.TextField(_("理由"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("留痕")
        ordering = ["-at", "-pk"]
        constraints = [choice("event", "verb", Verb)]
        indexes = [models.Index(fields=["verb"], name="event_verb")]

    def __str__(self):
        return f"{self.get_verb_display()} · {self.subject}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("events are never removed")
