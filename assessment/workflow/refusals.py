"""The ways a verb says no. Each carries sentences for the person, and has changed nothing."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from ..rules.completeness import stale_blockers


class Refusal(Exception):
    """A verb that was not carried out; `blockers` say why, one sentence each."""

    def __init__(self, blockers):
        self.blockers = list(blockers)
        super().__init__(" ".join(str(blocker) for blocker in self.blockers))


class Blocked(Refusal):
    """Something is missing first."""


class OutOfOrder(Refusal):
    """The sheet, the item or the year is not where this verb begins."""


class Stale(Refusal):
    """Someone else has saved the item since it was read; `current` is the item as it stands."""

    def __init__(self, current):
        self.current = current
        super().__init__([_("您打开之后，这一项已被别人改过，这一次没有保存。")])


class StaleItems(Refusal):
    """Someone else has saved some of several items since they were read; each is named."""

    def __init__(self, rows):
        super().__init__(stale_blockers(rows))


class NotAllowed(PermissionDenied):
    """The person may see this but not do it; the message says who may."""
