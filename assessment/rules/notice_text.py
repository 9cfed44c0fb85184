"""A supervision notice as it reads, part by part: what page, paper and .docx lay out.

In the town's language whatever the interface: it is an official paper.
"""

import re
from dataclasses import dataclass
from datetime import date

from ..enums import Paragraph

RECIPIENTS = "各村（社区）党支部，各有关部门："
SECTIONS = {"done_well": "好的做法", "problems": "存在问题", "requirements": "工作要求"}
ANNEX, ANNEX_TITLE = "附件", "问题清单"
COLUMNS = {
    "branch": "支部",
    "item": "任务项",
    "problem": "存在问题",
    "requirement": "整改要求",
    "department": "责任部门",
    "due_date": "整改期限",
}
HEADER = ("序号", *COLUMNS.values())
DRAFT, WITHDRAWN, DEMONSTRATION = "草稿", "已撤回", "演示数据"
DIGITS = "零一二三四五六七八九"
# （一）卫坡村: a heading, unless it goes on as a sentence.
SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。！？；：]*")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """Everything that a notice says; `mark` where it does not hold, `annex` a dict a line."""

    issuer: str
    reference: str
    title: str
    body: tuple
    day: str
    annex: tuple
    mark: str = ""

    # The same in every notice.
    recipients = RECIPIENTS
    annex_name, annex_title, header = ANNEX, ANNEX_TITLE, HEADER


def reference(prefix, year, number):
    """文号; before it is given, a gap stands where the number will."""
    return f"{prefix}〔{year}〕{number or '　'}号"


def day_in_words(day):
    return f"{day.year}年{day.month}月{day.day}日"


def day_to_come(year):
    """The date of a notice that is not issued yet."""
    return f"{year}年　月　日"


def numeral(number):
    """一, 十二, 二十; from a hundred on in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < tens < 10:
        return DIGITS[number] if number < 10 else str(number)
    return (DIGITS[tens] if tens > 1 else "") + "十" + (DIGITS[ones] if ones else "")


def body(opening, **sections):
    """(kind, text) of each paragraph; what is empty has no heading, and numbers have no gap."""
    blocks = [(Paragraph.TEXT, line) for line in _lines(opening)]
    said = [(SECTIONS[name], _lines(text)) for name, text in sections.items()]
    for count, (title, lines) in enumerate([each for each in said if each[1]], start=1):
        blocks.append((Paragraph.HEADING, f"{numeral(count)}、{title}"))
        blocks += [(_kind(line), line) for line in lines]
    return tuple(blocks)


def _lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def _kind(line):
    return Paragraph.SUBHEADING if SUBHEADING.fullmatch(line) else Paragraph.TEXT


def annex_rows(annex):
    """What the annex keeps of each finding, ready to be read: number, then COLUMNS."""
    return tuple(
        (str(number), *(_cell(name, row[name]) for name in COLUMNS))
        for number, row in enumerate(annex, start=1)
    )


def _cell(name, value):
    return day_in_words(date.fromisoformat(value)) if name == "due_date" else value
