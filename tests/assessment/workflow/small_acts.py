"""What a random person may try in the small town: each verb with whatever rows are there.

`right` names who it would be for, written out by hand and not read from the permissions.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assessment import workflow
from branches.models import Department

from .small_town import MARKS, REASONS, later


@dataclass(frozen=True)
class Try:
    """One verb on chosen rows; `right` are the people of the town who may do it there."""

    call: Callable
    right: set


def clerk_of(sheet):
    return {"卫坡村": "clerk0", "南陈村": "clerk1"}[sheet.branch.name]


def sheet_verb(verb, who, *args):
    def make(town, pick):
        sheet = town.sheet(pick)
        right = {clerk_of(sheet)} if who == "clerk" else {who}
        return Try(lambda by: verb(sheet, *[_value(arg, town, pick) for arg in args], by=by), right)

    return make


def item_verb(verb, who, *args):
    def make(town, pick):
        item = town.item(pick)
        lead = item.task_item.lead_department.code
        right = {"clerk": clerk_of(item.assessment), "lead": lead}.get(who, who)
        values = [_value(arg, town, pick) for arg in args]
        # Now and then a version that somebody else has overtaken.
        version = item.version - (pick % 7 == 0)
        return Try(lambda by: verb(item, *values, version, by=by), {right})

    return make


def finding_verb(verb, who, *args):
    def make(town, pick):
        finding = town.finding(pick)
        if finding is None:
            return None
        right = {
            "clerk": {clerk_of(finding.assessment)},
            "recheck": {finding.department.code, "supervisor"},
            "office": {"supervisor"},
        }[who]
        rounds = finding.rounds.count()
        values = [rounds if arg == "round" else _value(arg, town, pick) for arg in args]
        return Try(lambda by: verb(finding, *values, by=by), right)

    return make


def notice_verb(verb, *args):
    def make(town, pick):
        notice = town.notice(pick)
        if notice is None:
            return None
        values = [_value(arg, town, pick) for arg in args]
        return Try(lambda by: verb(notice, *values, by=by), {"supervisor"})

    return make


def _value(arg, town, pick):
    return arg(town, pick) if callable(arg) else arg


def reason(_town, pick):
    return REASONS[pick % 2]


def mark(_town, pick):
    return MARKS[pick // 8 % len(MARKS)]


def words(_town, pick):
    return {
        "self_rating": MARKS[pick // 8 % len(MARKS)],
        "measures": f"举措{pick % 3}",
        "responsible_person": "李某",
        "self_rating_note": "没有畜禽养殖" if pick % 2 else "",
    }


def decisions(_town, pick):
    return {
        code: (bool(pick >> place & 1), REASONS[pick >> place + 4 & 1])
        for place, code in enumerate(("AA", "BB"))
    }


def set_target(town, pick):
    """Now and then as it was read before somebody else set it; in a catalogue of two stars."""
    sheet, year = town.sheet(pick), town.year
    read = sheet.target_level + (pick % 7 == 0)
    levels = {sheet.pk: (read, pick // 2 % 3)}
    why = REASONS[pick // 8 % 2]
    return Try(
        lambda by: workflow.set_targets(year, levels, by=by, reason=why), {"supervisor", "admin"}
    )


def opine(town, pick):
    item = town.item(pick)
    department = item.task_item.cooperating_departments.get()
    said = item.opinions.first()
    version = said.version if said else 0
    call = (workflow.opine, item, department, f"看过{pick % 3}", version)
    return Try(lambda by: call[0](*call[1:], by=by), {department.code})


def sign_off(town, pick):
    sheet, department = town.sheet(pick), town.department(pick // 2)
    return Try(lambda by: workflow.sign_off(sheet, department, by=by), {department.code})


def sign_off_for(town, pick):
    sheet, department = town.sheet(pick), town.department(pick // 2)
    why = REASONS[pick % 2]
    return Try(lambda by: workflow.sign_off_for(sheet, department, why, by=by), {"supervisor"})


def _visit(town, pick):
    """(facts, departments, visits) of an inspection."""
    facts = {
        "held_on": later(-(pick % 3)),
        "purpose": "",
        "heard_report": pick % 5 > 0,
        "read_files": False,
        "looked_on_site": False,
        "participants": "",
    }
    departments = Department.objects.filter(code="NY") if pick % 2 else []
    return facts, departments, {town.sheet(number): "有记录" for number in range(1 + pick % 2)}


def inspect(town, pick):
    visit, year = _visit(town, pick), town.year
    return Try(lambda by: workflow.record_inspection(year, *visit, by=by), {"supervisor"})


def edit_inspection(town, pick):
    inspection, visit = town.inspection(pick), _visit(town, pick // 2)
    if inspection is None:
        return None
    version = inspection.version - (pick % 7 == 0)
    return Try(
        lambda by: workflow.edit_inspection(inspection, *visit, version, by=by), {"supervisor"}
    )


def find(town, pick):
    inspection, item = town.inspection(pick), town.item(pick // 3)
    if inspection is None:
        return None
    facts, sheet = _problem(town, pick, item), item.assessment
    right = {"supervisor", *_part(inspection)}
    return Try(lambda by: workflow.record_finding(inspection, sheet, facts, by=by), right)


def correct(town, pick):
    finding, item = town.finding(pick), town.item(pick // 3)
    if finding is None:
        return None
    facts, version = _problem(town, pick, item), finding.version - (pick % 7 == 0)
    right = {"supervisor", *_part(finding.inspection)}
    return Try(lambda by: workflow.correct_finding(finding, facts, version, by=by), right)


def _problem(town, pick, item):
    return {
        "item_rating": item if pick % 4 else None,
        "problem": "有堆放" if pick % 6 else "",
        "requirement": "清理",
        "department": town.department(pick),
        "due_date": later(pick % 9 - 4),
    }


def _part(inspection):
    return inspection.departments.values_list("code", flat=True)


def draft(town, pick):
    findings, texts, year = [*_told(town, pick)], _texts(pick), town.year
    return Try(lambda by: workflow.draft_notice(year, [], findings, texts, by=by), {"supervisor"})


def edit_notice(town, pick):
    notice, findings, texts = town.notice(pick), [*_told(town, pick // 2)], _texts(pick // 2)
    if notice is None:
        return None
    version = notice.version - (pick % 7 == 0)
    return Try(
        lambda by: workflow.edit_notice(notice, texts, findings, version, by=by), {"supervisor"}
    )


def _told(town, pick):
    if finding := town.finding(pick):
        yield finding


def _texts(pick):
    return dict.fromkeys(workflow.notices.WORDS, f"字{pick % 3}" if pick % 4 else "")


def confirm(town, pick):
    notice, sheet = town.notice(pick), town.sheet(pick // 2)
    if notice is None:
        return None
    return Try(lambda by: workflow.confirm_notice(notice, sheet, by=by), {clerk_of(sheet)})


def withdraw_star(town, pick):
    """摘星: reopened, and the star is no longer awarded."""
    sheet, why = town.sheet(pick), REASONS[pick // 2 % 2]
    codes = ["AA", "BB"][pick // 4 % 2 :]
    return Try(lambda by: workflow.reopen(sheet, why, by=by, withdrawn=codes), {"supervisor"})


def write_report(town, pick):
    """On today alone; now and then as it was read before somebody else wrote."""
    year, day = town.year, later(0)
    said = year.report_notes.first()
    version = (said.version if said else 0) + (pick % 7 == 0)
    text = f"进展{pick % 3}"
    return Try(
        lambda by: workflow.write_report(year, day, day, text, version, by=by), {"supervisor"}
    )


def many_sheets_verb(verb):
    """One sheet or both, as they were read; now and then one has changed since."""

    def make(town, pick):
        read = workflow.desks([town.sheet(pick + number) for number in range(1 + pick // 2 % 2)])
        seals = {desk.sheet.pk: desk.seal if pick % 7 else "" for desk in read}
        return Try(lambda by: verb(seals, by=by), {"supervisor"})

    return make


def _items_of_one(town, pick):
    """An item and all others of its sheet that the same department leads."""
    item = town.item(pick)
    lead = item.task_item.lead_department
    return list(item.assessment.items.filter(task_item__lead_department=lead)), lead.code


def review_many(town, pick):
    items, lead = _items_of_one(town, pick)
    versions = {item.pk: item.version - (pick % 7 == 0) for item in items}
    said = mark(town, pick), reason(town, pick)
    return Try(lambda by: workflow.review_many(versions, *said, by=by), {lead})


def review_each(town, pick):
    items, lead = _items_of_one(town, pick)
    said = {"review": mark(town, pick), "review_note": reason(town, pick)}
    changes = {item.pk: (item.version - (pick % 7 == 0), said) for item in items}
    return Try(lambda by: workflow.review_each(changes, by=by), {lead})


def rate_many(town, pick):
    sheet, said = town.sheet(pick), words(town, pick)
    items = sheet.items.all()
    changes = {item.pk: (item.version - (pick % 7 == 0), said) for item in items}
    return Try(lambda by: workflow.self_rate_many(sheet, changes, by=by), {clerk_of(sheet)})


def sign_off_many(town, pick):
    department = town.department(pick // 2)
    sheets = [town.sheet(number) for number in range(1 + pick % 2)]
    return Try(lambda by: workflow.sign_off_many(sheets, department, by=by), {department.code})


def edit_year(town, pick):
    """Another date, and now and then what an open year no longer lets be set."""
    year, values = town.year, {"review_due": later(-1 - pick % 5)}
    if pick % 7 == 0:
        values["star_threshold"] = 80
    return Try(lambda by: workflow.edit_cycle(year, values, by=by), {"admin"})


def close_year(town, pick):
    year = town.year
    return Try(lambda by: workflow.close_cycle(year, by=by), {"admin"})


ACTS = {
    "set target": set_target,
    "target": sheet_verb(workflow.target_stars, "clerk", lambda t, p: ["AA", "BB"][: 1 + p % 2]),
    "rate": item_verb(workflow.self_rate, "clerk", words),
    "submit": sheet_verb(workflow.submit, "clerk"),
    "collect": sheet_verb(workflow.collect, "supervisor"),
    "extend": sheet_verb(
        workflow.extend, "supervisor", "review", lambda t, p: later(p % 9 - 2), reason
    ),
    "review": item_verb(workflow.review, "lead", mark, reason),
    "return": item_verb(workflow.return_item, "lead", reason),
    "resubmit": item_verb(workflow.resubmit, "clerk"),
    "opine": opine,
    "sign off": sign_off,
    "sign off for": sign_off_for,
    "supervise": item_verb(workflow.supervise, "supervisor", mark, reason),
    "send back": item_verb(workflow.send_back, "supervisor", reason),
    "decide": sheet_verb(workflow.decide, "supervisor", decisions),
    "conclude": sheet_verb(workflow.conclude, "supervisor"),
    "reopen": sheet_verb(workflow.reopen, "supervisor", reason),
    "withdraw star": withdraw_star,
    "inspect": inspect,
    "find": find,
    "rectify": finding_verb(workflow.rectify, "clerk", "已清理", "李某"),
    "close": finding_verb(workflow.close_finding, "recheck", "round", ""),
    "refuse": finding_verb(workflow.refuse_rectification, "recheck", "round", reason),
    "ask": finding_verb(workflow.ask_extension, "clerk", lambda t, p: later(p % 20 - 3), reason),
    "grant": finding_verb(workflow.grant_extension, "office", ""),
    "not grant": finding_verb(workflow.refuse_extension, "office", reason),
    "set aside": finding_verb(workflow.set_aside, "office", reason),
    "withdraw": finding_verb(workflow.withdraw_finding, "office", reason),
    "draft": draft,
    "issue": notice_verb(workflow.issue_notice),
    "discard": notice_verb(workflow.discard_notice),
    "withdraw notice": notice_verb(workflow.withdraw_notice, reason),
    "confirm": confirm,
    "edit inspection": edit_inspection,
    "correct": correct,
    "edit notice": edit_notice,
    "write report": write_report,
    "decide together": many_sheets_verb(workflow.decide_as_proposed),
    "conclude together": many_sheets_verb(workflow.conclude_many),
    "rate many": rate_many,
    "review many": review_many,
    "review each": review_each,
    "sign off many": sign_off_many,
    "edit year": edit_year,
    "close the year": close_year,
}

# What there is to do on a sheet at each step: a walk that never tried these would get nowhere.
LIKELY = {
    "self_rating": [
        "set target",
        "target",
        "rate",
        "rate",
        "rate many",
        "submit",
        "collect",
        "collect",
        "inspect",
    ],
    "review": ["review", "review", "review", "sign off", "sign off", "sign off for", "return"]
    + ["resubmit", "rate", "opine", "find", "rectify", "review many", "review each"],
    "supervision": ["supervise", "decide", "decide", "conclude", "conclude", "send back", "find"]
    + ["rectify", "close", "refuse", "set aside", "ask", "grant", "not grant", "correct"]
    + ["decide together", "decide together", "conclude together", "draft", "edit notice"],
    "concluded": ["draft", "issue", "confirm", "withdraw notice", "close the year", "reopen"]
    + ["withdraw star"]
    + ["rectify", "close", "withdraw"],
}
