"""Drafts a supervision notice from inspections and findings, in the usual order.

In the town's language whatever the interface. A draft is a beginning: people write on.
"""

from dataclasses import dataclass
from datetime import date

from .characters import seen
from .notice_text import day_in_words, numeral

ENDS = "。．.；;，,、：:"


@dataclass(frozen=True, slots=True)
class Visited:
    """A branch that was inspected; `order` is its place among the branches."""

    order: int
    branch: str
    done_well: str = ""


@dataclass(frozen=True, slots=True)
class Inspected:
    held_on: date
    purpose: str
    ways: tuple
    departments: tuple
    visits: tuple


@dataclass(frozen=True, slots=True)
class Found:
    """A problem; `item` is empty where it is about none."""

    branch: str
    item: str
    problem: str
    requirement: str
    department: str
    due_date: date
    is_closed: bool = False


def draft(town, inspections, findings):
    """Name → text. `findings` stand branch by branch."""
    inspections = sorted(inspections, key=lambda each: each.held_on)
    return {
        "title": _title(inspections),
        "opening": _opening(town, inspections),
        "done_well": _done_well(inspections),
        "problems": _problems(findings),
        "requirements": _requirements(findings),
    }


def _title(inspections):
    days = [day_in_words(each.held_on) for each in inspections]
    if not days:
        return "关于督查情况的通报"
    when = days[0] if days[0] == days[-1] else f"{days[0]}至{days[-1]}"
    return f"关于{when}部门联查情况的通报"


def _opening(town, inspections):
    told = [_inspection(town, each) for each in inspections]
    return "\n".join([*told, "现将有关情况通报如下。"])


def _inspection(town, each):
    why = _bare(each.purpose)
    places = [visit.branch for visit in each.visits]
    who = "、".join(each.departments) or "有关部门"
    said = [
        f"围绕“{why}”，" if why else "",
        f"{day_in_words(each.held_on)}，{town}党委组织{who}，",
        f"采取{'、'.join(each.ways)}的方式，" if each.ways else "",
        f"对{'、'.join(places)}共{len(places)}个支部开展部门联查。",
    ]
    return "".join(said)


def _done_well(inspections):
    """A line a branch, in the branches' order, whichever inspection it was seen in."""
    visits = [visit for each in inspections for visit in each.visits if _bare(visit.done_well)]
    by_branch = {}
    for visit in sorted(visits, key=lambda visit: visit.order):
        by_branch.setdefault(visit.branch, []).append(_sentence(visit.done_well))
    return "\n".join(f"{branch}：{''.join(said)}" for branch, said in by_branch.items())


def _problems(findings):
    """Under each branch its problems, each with the item that it is about."""
    by_branch = {}
    for found in findings:
        by_branch.setdefault(found.branch, []).append(found)
    lines = []
    for count, (branch, rows) in enumerate(by_branch.items(), start=1):
        lines.append(f"（{numeral(count)}）{branch}")
        for number, found in enumerate(rows, start=1):
            about = f"{found.item}：" if found.item else ""
            lines.append(f"{number}. {about}{_sentence(found.problem)}")
    return "\n".join(lines)


def _requirements(findings):
    if not findings:
        return ""
    lines = ["各有关支部要对照附件所列问题逐项整改，责任部门按期复核销号。"]
    for number, found in enumerate(findings, start=1):
        due = f"{day_in_words(found.due_date)}前完成，由{found.department}复核"
        done = "已整改销号" if found.is_closed else due
        lines.append(f"{number}. {found.branch}：{_bare(found.requirement)}，{done}。")
    return "\n".join(lines)


def _bare(text):
    """One line, without the stop at its end."""
    return "".join(line.strip() for line in seen(text).split("\n")).rstrip(ENDS)


def _sentence(text):
    words = _bare(text)
    return words if words.endswith(tuple("！？!?")) else f"{words}。"
