"""The state machines of a sheet, a finding and a notice, as tables. README's diagrams are made from
them."""

from dataclasses import dataclass

from ..enums import FindingState, NoticeState, Owner, Step, Verb


@dataclass(frozen=True, slots=True)
class Transition:
    """A verb, the states in which it may happen, and the one it leads to (None: it stays).

    `owner` is who must hold the pen on the item, for verbs about one item.
    """

    verb: Verb
    sources: frozenset
    target: str | None = None
    owner: Owner | None = None


def _row(verb, *sources, to=None, owner=None):
    return Transition(verb, frozenset(sources), to, owner)


TRANSITIONS = (
    # Set for the town's plan, in a year in preparation too; once it is open, with a reason.
    _row(Verb.SET_TARGET, Step.SELF_RATING),
    _row(Verb.TARGET_STARS, Step.SELF_RATING),
    # In review the branch may write in a returned item, and in no other.
    _row(Verb.SELF_RATE, Step.SELF_RATING, Step.REVIEW, owner=Owner.BRANCH),
    # Evidence goes with the words: whoever may write in the item may file on it.
    *(
        _row(verb, Step.SELF_RATING, Step.REVIEW, owner=Owner.BRANCH)
        for verb in (
            Verb.FILE_EVIDENCE,
            Verb.ATTACH_EVIDENCE,
            Verb.DETACH_EVIDENCE,
            Verb.REPLACE_EVIDENCE,
        )
    ),
    _row(Verb.SUBMIT, Step.SELF_RATING, to=Step.REVIEW),
    _row(Verb.COLLECT, Step.SELF_RATING, to=Step.REVIEW),
    _row(Verb.EXTEND, *Step.marking()),
    _row(Verb.REVIEW, Step.REVIEW, owner=Owner.DEPARTMENT),
    _row(Verb.RETURN, Step.REVIEW, owner=Owner.DEPARTMENT),
    _row(Verb.RESUBMIT, Step.REVIEW, owner=Owner.BRANCH),
    # An opinion takes no pen: the item is read, not changed.
    _row(Verb.OPINE, Step.REVIEW),
    # Only the last sign-off moves the sheet on; the others leave it where it is.
    _row(Verb.SIGN_OFF, Step.REVIEW, to=Step.SUPERVISION),
    _row(Verb.SIGN_OFF_FOR, Step.REVIEW, to=Step.SUPERVISION),
    _row(Verb.SUPERVISE, Step.SUPERVISION, owner=Owner.COMMITTEE),
    _row(Verb.SEND_BACK, Step.SUPERVISION, to=Step.REVIEW, owner=Owner.COMMITTEE),
    _row(Verb.DECIDE, Step.SUPERVISION),
    _row(Verb.CONCLUDE, Step.SUPERVISION, to=Step.CONCLUDED),
    _row(Verb.REOPEN, Step.CONCLUDED, to=Step.SUPERVISION),
)
FINDING_TRANSITIONS = (
    _row(Verb.CORRECT_FINDING, FindingState.OPEN),
    _row(Verb.FILE_FOUND, FindingState.OPEN),
    _row(Verb.REMOVE_FOUND, FindingState.OPEN),
    _row(Verb.FILE_RECTIFIED, FindingState.OPEN),
    _row(Verb.REMOVE_RECTIFIED, FindingState.OPEN),
    _row(Verb.RECTIFY, FindingState.OPEN, to=FindingState.ANSWERED),
    _row(Verb.CLOSE_FINDING, FindingState.ANSWERED, to=FindingState.CLOSED),
    _row(Verb.REFUSE_RECTIFICATION, FindingState.ANSWERED, to=FindingState.OPEN),
    _row(Verb.ASK_EXTENSION, FindingState.OPEN),
    _row(Verb.GRANT_EXTENSION, *FindingState.unresolved()),
    _row(Verb.REFUSE_EXTENSION, *FindingState.unresolved()),
    _row(Verb.SET_ASIDE, *FindingState.unresolved()),
    _row(Verb.WITHDRAW_FINDING, *FindingState.unresolved(), to=FindingState.WITHDRAWN),
)
NOTICE_TRANSITIONS = (
    _row(Verb.EDIT_NOTICE, NoticeState.DRAFT),
    _row(Verb.DISCARD_NOTICE, NoticeState.DRAFT, to=NoticeState.DISCARDED),
    _row(Verb.ISSUE_NOTICE, NoticeState.DRAFT, to=NoticeState.ISSUED),
    _row(Verb.CONFIRM_NOTICE, NoticeState.ISSUED),
    _row(Verb.WITHDRAW_NOTICE, NoticeState.ISSUED, to=NoticeState.WITHDRAWN),
)
# Of each: its states from the first on, its rows, and where its course is over.
TABLES = (
    (Step, TRANSITIONS, (Step.CONCLUDED,)),
    (FindingState, FINDING_TRANSITIONS, (FindingState.CLOSED, FindingState.WITHDRAWN)),
    (
        NoticeState,
        NOTICE_TRANSITIONS,
        (NoticeState.ISSUED, NoticeState.WITHDRAWN, NoticeState.DISCARDED),
    ),
)
BY_VERB = {row.verb: row for _states, rows, _ends in TABLES for row in rows}


def owner(step, *, is_returned=False, is_signed_off=False):
    """Who holds the pen on an item: one at any time, or nobody once the sheet is concluded."""
    if step == Step.SELF_RATING:
        return Owner.BRANCH
    if step == Step.REVIEW:
        if is_returned:
            return Owner.BRANCH
        return Owner.COMMITTEE if is_signed_off else Owner.DEPARTMENT
    return Owner.COMMITTEE if step == Step.SUPERVISION else Owner.NOBODY


def diagram(states, rows, ends):
    """One of TABLES as a Mermaid state diagram."""
    order = list(states)
    lines = ["stateDiagram-v2", f"    [*] --> {order[0].value}"]
    for row in rows:
        for source in sorted(row.sources, key=order.index):
            lines.append(f"    {source.value} --> {(row.target or source).value}: {row.verb.value}")
    return "\n".join([*lines, *(f"    {state.value} --> [*]" for state in ends)])
