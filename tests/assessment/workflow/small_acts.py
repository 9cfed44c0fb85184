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


def inspect(town, pick):
    sheets = {town.sheet(number): "有记录" for number in range(1 + pick % 2)}
    facts = {
        "held_on": later(-(pick % 3)),
        "purpose": "",
        "heard_report": pick % 5 > 0,
        "read_files": False,
        "looked_on_site": False,
        "participants": "",
    }
    departments = Department.objects.filter(code="NY") if pick % 2 else []
    year = town.year
    return Try(
        lambda by: workflow.record_inspection(year, facts, departments, sheets, by=by),
        {"supervisor"},
    )


def find(town, pick):
    inspection, item = town.inspection(pick), town.item(pick // 3)
    if inspection is None:
        return None
    facts = {
        "item_rating": item if pick % 4 else None,
        "problem": "有堆放" if pick % 6 else "",
        "requirement": "清理",
        "department": town.department(pick),
        "due_date": later(pick % 9 - 4),
    }
    part = set(inspection.departments.values_list("code", flat=True))
    sheet = item.assessment
    return Try(
        lambda by: workflow.record_finding(inspection, sheet, facts, by=by), {"supervisor", *part}
    )


def draft(town, pick):
    finding = town.finding(pick)
    findings = [finding] if finding else []
    texts = dict.fromkeys(workflow.notices.WORDS, "字" if pick % 4 else "")
    year = town.year
    return Try(lambda by: workflow.draft_notice(year, [], findings, texts, by=by), {"supervisor"})


def confirm(town, pick):
    notice, sheet = town.notice(pick), town.sheet(pick // 2)
    if notice is None:
        return None
    return Try(lambda by: workflow.confirm_notice(notice, sheet, by=by), {clerk_of(sheet)})


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
    "close the year": close_year,
}

# What there is to do on a sheet at each step: a walk that never tried these would get nowhere.
LIKELY = {
    "self_rating": [
        "set target",
        "target",
        "rate",
        "rate",
        "rate",
        "submit",
        "collect",
        "collect",
        "inspect",
    ],
    "review": ["review", "review", "review", "sign off", "sign off", "sign off for", "return"]
    + ["resubmit", "rate", "opine", "find", "rectify"],
    "supervision": ["supervise", "decide", "decide", "conclude", "conclude", "send back", "find"]
    + ["rectify", "close", "refuse", "set aside", "ask", "grant", "not grant"],
    "concluded": ["draft", "issue", "confirm", "withdraw notice", "close the year", "reopen"]
    + ["rectify", "close", "withdraw"],
}
