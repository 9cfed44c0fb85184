"""The verbs: the only code that changes a state.

Each goes the same way: find the transition, check the person, check the blockers, update on the
condition that nothing has moved since, keep the event. Nothing is touched before the refusals.
"""

from .catalogue import correct_wording
from .checks import allowed
from .cycles import close_cycle, edit_cycle, enrol_branches, open_cycle
from .deciding import (
    blockers_to_conclude_many,
    blockers_to_decide_many,
    conclude_many,
    decide_as_proposed,
    desks,
)
from .evidence import attach_evidence, detach_evidence, file_evidence, replace_evidence
from .findings import (
    allowed_on_finding,
    ask_extension,
    check_person_on_finding,
    close_finding,
    file_on_finding,
    grant_extension,
    may_on_finding,
    rectify,
    refuse_extension,
    refuse_rectification,
    remove_from_finding,
    set_aside,
)
from .inspections import (
    blockers_to_change,
    correct_finding,
    edit_inspection,
    record_finding,
    record_inspection,
    taking_part,
    withdraw_finding,
)
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
from .notices import (
    allowed_on_notice,
    annex_of,
    blockers_to_issue,
    confirm_notice,
    discard_notice,
    draft_notice,
    edit_notice,
    issue_notice,
    may_on_notice,
    withdraw_notice,
)
from .opinions import check_opinion, may_opine, opine
from .people import PeopleRevision, issue_passwords, revise_people
from .phrases import keep_phrases
from .record import keep
from .refusals import Blocked, NotAllowed, OutOfOrder, Refusal, Stale, StaleItems
from .reports import write_report
from .revisions import Revision, check_is_draft, copy_catalogue, revise_catalogue
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
from .targets import may_set_targets, set_targets

__all__ = [
    "Blocked",
    "NotAllowed",
    "OutOfOrder",
    "PeopleRevision",
    "Refusal",
    "Revision",
    "Stale",
    "StaleItems",
    "allowed",
    "allowed_on_finding",
    "allowed_on_notice",
    "annex_of",
    "ask_extension",
    "attach_evidence",
    "blockers_to_change",
    "blockers_to_conclude_many",
    "blockers_to_decide_many",
    "blockers_to_issue",
    "blockers_to_review_each",
    "blockers_to_review_many",
    "blockers_to_sign_off",
    "blockers_to_submit",
    "check_is_draft",
    "check_opinion",
    "check_person_on_finding",
    "close_cycle",
    "close_finding",
    "collect",
    "conclude",
    "conclude_many",
    "confirm_notice",
    "copy_catalogue",
    "correct_finding",
    "correct_wording",
    "decide",
    "decide_as_proposed",
    "desks",
    "detach_evidence",
    "discard_notice",
    "draft_notice",
    "edit_cycle",
    "edit_inspection",
    "edit_notice",
    "enrol_branches",
    "extend",
    "file_evidence",
    "file_on_finding",
    "grant_extension",
    "issue_notice",
    "issue_passwords",
    "keep",
    "keep_phrases",
    "may_now",
    "may_on_finding",
    "may_on_notice",
    "may_set_targets",
    "may_opine",
    "open_cycle",
    "opine",
    "record_finding",
    "record_inspection",
    "rectify",
    "refuse_extension",
    "refuse_rectification",
    "remove_from_finding",
    "reopen",
    "replace_evidence",
    "resubmit",
    "return_item",
    "review",
    "review_each",
    "review_many",
    "revise_catalogue",
    "revise_people",
    "self_rate",
    "self_rate_many",
    "send_back",
    "set_aside",
    "set_targets",
    "sign_off",
    "sign_off_for",
    "sign_off_many",
    "submit",
    "supervise",
    "taking_part",
    "target_stars",
    "why_not",
    "withdraw_finding",
    "withdraw_notice",
    "write_report",
]
