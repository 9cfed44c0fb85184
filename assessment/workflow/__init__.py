"""The verbs: the only code that changes a state.

Each goes the same way: find the transition, check the person, check the blockers, update on the
condition that nothing has moved since, keep the event. Nothing is touched before the refusals.
"""

from .catalogue import correct_wording
from .checks import allowed
from .cycles import close_cycle, edit_cycle, enrol_branches, open_cycle
from .evidence import attach_evidence, detach_evidence, file_evidence, replace_evidence
from .items import (
    may_now,
    resubmit,
    return_item,
    review,
    self_rate,
    send_back,
    supervise,
    why_not,
)
from .many import (
    blockers_to_review_each,
    blockers_to_review_many,
    review_each,
    review_many,
    self_rate_many,
)
from .opinions import check_opinion, may_opine, opine
from .phrases import keep_phrases
from .record import keep
from .refusals import Blocked, NotAllowed, OutOfOrder, Refusal, Stale, StaleItems
from .sheets import (
    blockers_to_sign_off,
    blockers_to_submit,
    collect,
    extend,
    sign_off,
    sign_off_for,
    sign_off_many,
    submit,
    target_stars,
)
from .stars import conclude, decide, reopen

__all__ = [
    "Blocked",
    "NotAllowed",
    "OutOfOrder",
    "Refusal",
    "Stale",
    "StaleItems",
    "allowed",
    "attach_evidence",
    "blockers_to_review_each",
    "blockers_to_review_many",
    "blockers_to_sign_off",
    "blockers_to_submit",
    "check_opinion",
    "close_cycle",
    "collect",
    "conclude",
    "correct_wording",
    "decide",
    "detach_evidence",
    "edit_cycle",
    "extend",
    "file_evidence",
    "keep",
    "enrol_branches",
    "keep_phrases",
    "may_now",
    "may_opine",
    "open_cycle",
    "opine",
    "reopen",
    "replace_evidence",
    "resubmit",
    "return_item",
    "review",
    "review_each",
    "review_many",
    "self_rate",
    "self_rate_many",
    "send_back",
    "sign_off",
    "sign_off_for",
    "sign_off_many",
    "submit",
    "supervise",
    "target_stars",
    "why_not",
]
