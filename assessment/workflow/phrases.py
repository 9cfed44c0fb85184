"""A department's phrases."""

from django.db import transaction

from branches.models import Department

from ..enums import Verb
from ..models import Phrase
from .checks import check_person
from .record import keep


@transaction.atomic
def keep_phrases(department, texts, by):
    """Make `texts` the department's phrases, in this order; keeping the same writes nothing."""
    check_person(Verb.KEEP_PHRASES, by, department_id=department.pk)
    Department.objects.select_for_update().get(pk=department.pk)
    old = list(department.phrases.values_list("text", flat=True))
    new = list(dict.fromkeys(texts))
    if old == new:
        return
    department.phrases.all().delete()
    Phrase.objects.bulk_create(
        Phrase(department=department, text=text, order=order)
        for order, text in enumerate(new, start=1)
    )
    keep(Verb.KEEP_PHRASES, by, department, changes={"phrases": [old, new]})
