"""The state machine of a sheet, as a table. README's diagram is made from it."""

from dataclasses import dataclass

from ..enums import Owner, Step, Verb


@dataclass(frozen=True, slots=True)
class Transition:
    """A verb, the steps in which it may happen, and the step it leads to (None: the sheet stays).

    `owner` is who must hold the pen on the item, for verbs about one item.
    """

    verb: Verb
    sources: frozenset
    target: Step | None = None
    owner: Owner | None = None


def _row(verb, *sources, to=None, owner=None):
    return Transition(verb, frozenset(sources), to, owner)


TRANSITIONS = (
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
BY_VERB = {transition.verb: transition for transition in TRANSITIONS}


def owner(step, *, is_returned=False, is_signed_off=False):
    """Who holds the pen on an item: one at any time, or nobody once the sheet is concluded."""
    if step == Step.SELF_RATING:
        return Owner.BRANCH
    if step == Step.REVIEW:
        if is_returned:
            return Owner.BRANCH
        return Owner.COMMITTEE if is_signed_off else Owner.DEPARTMENT
    return Owner.COMMITTEE if step == Step.SUPERVISION else Owner.NOBODY


def diagram():
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {Step.SELF_RATING.value}"]
    for row in TRANSITIONS:
        for source in sorted(row.sources, key=list(Step).index):
            lines.append(f"    {source.value} --> {(row.target or source).value}: {row.verb.value}")
    return "\n".join([*lines, f"    {Step.CONCLUDED.value} --> [*]"])
