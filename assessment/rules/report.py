"""What a progress report (定期汇报) says of a span of days, from how things stood before and after.

Nobody is ranked: branches, stars and departments come in their own order.
"""

from collections import Counter, defaultdict

from ..enums import FindingState, Moved, Rating, Step, Verb
from .report_rows import BranchLine, DepartmentLine, LevelLine, Move, Report, StarLine, Traffic
from .rows import StarRow
from .stars import level, proposed


def report(town, course):
    before, after = _Standing(town, course.before), _Standing(town, course.after)
    return Report(
        branches=_branches(town, course, before, after),
        stars=_stars(town, course, before, after),
        departments=_departments(town, course, after),
        moves=_moves(town, course.changes),
        levels=_levels(town, course),
        steps=_steps(course),
        awarded_before=sum(map(bool, course.before.awarded.values())),
        awarded=sum(map(bool, course.after.awarded.values())),
        is_empty=not course.changes,
    )


class _Standing:
    """One end of the span: its rows, and the stars that each sheet holds there."""

    def __init__(self, town, snapshot):
        self.town, self.rows = town, snapshot.rows_by_sheet()
        self.held = {
            place.key: _held(town, snapshot, place.key, self.rows[place.key])
            for place in town.sheets
        }

    def level(self, sheet):
        held = self.held[sheet]
        stars = [StarRow(each, awarded=each.code in held) for each in self.town.categories]
        return level(stars)

    def met(self, sheet, step):
        return sum(row.mark(step) == Rating.MET for row in self.rows[sheet])

    def holders(self, code):
        return sum(code in held for held in self.held.values())


def _held(town, snapshot, sheet, rows):
    """The codes of the stars awarded, or proposed where nothing is decided yet."""
    hoped = proposed(rows, town.threshold)
    held = set()
    for category in town.categories:
        decided = snapshot.awarded.get((sheet, category.code))
        if decided or (decided is None and category.code in hoped):
            held.add(category.code)
    return held


def _branches(town, course, before, after):
    traffic = _traffic(course, lambda place: place[0], lambda finding: finding.sheet)
    return tuple(
        BranchLine(
            sheet=key,
            name=place.name,
            target=place.target,
            step_before=course.before.steps[key],
            step=course.after.steps[key],
            stars_before=before.level(key),
            stars=after.level(key),
            own_met_before=before.met(key, Step.SELF_RATING),
            own_met=after.met(key, Step.SELF_RATING),
            met_before=before.met(key, Step.SUPERVISION),
            met=after.met(key, Step.SUPERVISION),
            traffic=traffic[key],
        )
        for place in town.sheets
        for key in [place.key]
    )


def _stars(town, course, before, after):
    traffic = _traffic(course, lambda place: place[1].category, lambda finding: finding.category)
    places = [(each.code, each.name) for each in town.categories]
    if "" in traffic:
        places.append(("", ""))

    def awarded(snapshot, code):
        return sum(bool(won) for (_sheet, star), won in snapshot.awarded.items() if star == code)

    return tuple(
        StarLine(
            code=code,
            name=name,
            targeted=sum(star == code for _sheet, star in course.after.targeted),
            held_before=before.holders(code),
            held=after.holders(code),
            awarded_before=awarded(course.before, code),
            awarded=awarded(course.after, code),
            traffic=traffic[code],
        )
        for code, name in places
    )


def _departments(town, course, after):
    traffic = _traffic(
        course, lambda place: place[1].department, lambda finding: finding.department
    )
    led, waiting = Counter(), Counter()
    for sheet, rows in after.rows.items():
        is_in_review = course.after.steps[sheet] == Step.REVIEW
        for row in rows:
            led[row.department] += 1
            waiting[row.department] += is_in_review and _waits(row)
    marked = {change.item for change in course.changes if _is_mark(change)}
    marked = Counter(course.after.items[item][1].department for item in marked)
    signed = Counter(department for _sheet, department in course.after.signed)
    return tuple(
        DepartmentLine(
            code=code,
            name=place.name,
            led=led[code],
            marked=marked[code],
            waiting=waiting[code],
            signed=signed[code],
            traffic=traffic[code],
        )
        for place in town.departments
        for code in [place.key]
        if led[code] or code in traffic
    )


def _waits(row):
    return not (row.review or row.is_returned or row.is_signed_off)


def _is_mark(change):
    return change.verb == Verb.REVIEW and bool(change.changes.get("review", ("", ""))[1])


def _traffic(course, of_item, of_finding):
    """Where → Traffic; `of_item` is told (sheet, ItemRow), `of_finding` a FindingRow."""
    counts = defaultdict(Counter)
    names = {Verb.RETURN: "returned", Verb.RESUBMIT: "answered"}
    for change in course.changes:
        if change.verb in names:
            counts[of_item(course.after.items[change.item])][names[change.verb]] += 1
    for pk, finding in course.after.findings.items():
        if finding.state != FindingState.WITHDRAWN:
            counts[of_finding(finding)] += _of_finding(course, pk, finding)
    traffic = {key: Traffic(**count) for key, count in counts.items()}
    return defaultdict(Traffic, traffic)


def _of_finding(course, pk, finding):
    was = course.before.findings.get(pk)
    is_closed = finding.state == FindingState.CLOSED
    return Counter(
        opened=was is None,
        closed=is_closed and (was is None or was.state != FindingState.CLOSED),
        unresolved=finding.is_unresolved,
        overdue=finding.is_unresolved and finding.due_date < course.last_day,
    )


_KINDS = {
    Verb.SUBMIT: Moved.SUBMITTED,
    Verb.COLLECT: Moved.COLLECTED,
    Verb.SIGN_OFF: Moved.REVIEWED,
    Verb.SIGN_OFF_FOR: Moved.REVIEWED,
    Verb.SEND_BACK: Moved.SENT_BACK,
    Verb.DECIDE: Moved.DECIDED,
    Verb.CONCLUDE: Moved.CONCLUDED,
    Verb.REOPEN: Moved.REOPENED,
    Verb.EXTEND: Moved.EXTENDED,
    Verb.RECORD_INSPECTION: Moved.INSPECTED,
    Verb.ISSUE_NOTICE: Moved.NOTIFIED,
}


def _moves(town, changes):
    counts, sheets = Counter(), defaultdict(set)
    for change in changes:
        kind = _KINDS.get(change.verb)
        # Of the sign-offs, the last one moves the sheet on.
        if kind and (kind != Moved.REVIEWED or change.is_move):
            counts[kind] += 1
            sheets[kind].add(change.sheet)
    return tuple(
        Move(
            kind, counts[kind], tuple(each.name for each in town.sheets if each.key in sheets[kind])
        )
        for kind in Moved
        if counts[kind]
    )


def _levels(town, course):
    """Highest first."""
    aimed = Counter(place.target for place in town.sheets)
    before, now = (Counter(at.levels.values()) for at in (course.before, course.after))
    levels = {each for each in (*aimed, *before, *now) if each is not None}
    return tuple(
        LevelLine(each, aimed[each], before[each], now[each])
        for each in sorted(levels, reverse=True)
    )


def _steps(course):
    before, after = (Counter(at.steps.values()) for at in (course.before, course.after))
    return tuple((step, before[step], after[step]) for step in Step)
