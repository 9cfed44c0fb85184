"""Notices: those that a clerk's branches have not confirmed; the committee's drafts and echoes."""

from dataclasses import dataclass

from branches.enums import Role

from ...enums import CycleState, NoticeState
from ...models import Notice


@dataclass(frozen=True, slots=True)
class OwnNotices:
    """What is unread stands once for each branch that has not confirmed it."""

    unread: list
    drafts: list
    unread_by_others: list

    @property
    def open_work(self):
        """What branches have not read is theirs to do; it is told, not counted."""
        return len(self.unread) + len(self.drafts)

    @property
    def is_empty(self):
        return not (self.open_work or self.unread_by_others)


def own_notices(user, sheets):
    """One query for a clerk's `sheets`, however many, and one for the committee."""
    town = []
    if user.has_role(Role.SUPERVISOR):
        asked = Notice.objects.filter(cycle__state=CycleState.OPEN).select_related("cycle")
        states = (NoticeState.DRAFT, NoticeState.ISSUED)
        town = list(asked.filter(state__in=states).with_counts().in_order())
    return OwnNotices(
        unread=list(Notice.objects.unread_at(sheets)) if sheets else [],
        drafts=[each for each in town if each.state == NoticeState.DRAFT],
        unread_by_others=[
            each for each in town if each.state == NoticeState.ISSUED and each.read < each.asked
        ],
    )
