"""The paragraph of words in a progress report (定期汇报)."""

from django.db import transaction
from django.utils import timezone

from ..enums import Verb
from ..models import ReportNote
from .checks import check_person, held_year
from .record import keep
from .refusals import Stale


@transaction.atomic
def write_report(cycle, begins_on, ends_on, text, version, by):
    """Write or rewrite it; `version` is 0 where there was none to read."""
    year = held_year(cycle)
    check_person(Verb.WRITE_REPORT, by)
    span = {"cycle": year, "begins_on": begins_on, "ends_on": ends_on}
    said = ReportNote.objects.filter(**span).first()
    if (said.version if said else 0) != version:
        raise Stale(said)
    if (said.text if said else "") == text:
        return said
    saved, _is_new = ReportNote.objects.update_or_create(
        **span,
        defaults={
            "text": text,
            "written_by": by,
            "written_at": timezone.now(),
            "version": version + 1,
        },
    )
    changes = {"text": [said.text if said else "", text]}
    keep(Verb.WRITE_REPORT, by, saved, cycle=year, changes=changes)
    return saved
