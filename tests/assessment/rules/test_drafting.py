"""A draft in the usual order, and a notice as it reads, as tables."""

from datetime import date

import pytest

from assessment.enums import Paragraph
from assessment.rules import notice_text
from assessment.rules.characters import seen
from assessment.rules.drafting import Found, Inspected, Visited, draft

TEXT, HEADING, SUBHEADING = Paragraph.TEXT, Paragraph.HEADING, Paragraph.SUBHEADING
DAY, LATER = date(2022, 11, 1), date(2022, 11, 16)


def inspected(
    *visits, held_on=DAY, purpose="查秸秆禁烧。", ways=("看实地",), departments=("农办",)
):
    visits = visits or (Visited(1, "卫坡村", "路灯全亮"),)
    return Inspected(held_on, purpose, ways, departments, visits)


def found(branch="卫坡村", item="生态宜居 3", problem="沟边有秸秆", **changed):
    facts = {"requirement": "清理离田", "department": "农办", "due_date": date(2022, 11, 20)}
    return Found(branch, item, problem, **(facts | changed))


def drafted(inspections=(), findings=()):
    return draft("朝阳镇", inspections, findings)


@pytest.mark.parametrize(
    ("days", "title"),
    [
        ([], "关于督查情况的通报"),
        ([DAY], "关于2022年11月1日部门联查情况的通报"),
        ([DAY, DAY], "关于2022年11月1日部门联查情况的通报"),
        ([LATER, DAY], "关于2022年11月1日至2022年11月16日部门联查情况的通报"),
    ],
)
def test_the_title_says_when(days, title):
    assert drafted([inspected(held_on=day) for day in days])["title"] == title


@pytest.mark.parametrize(
    ("inspection", "said"),
    [
        (
            inspected(),
            "围绕“查秸秆禁烧”，2022年11月1日，朝阳镇党委组织农办，采取看实地的方式，"
            "对卫坡村共1个支部开展部门联查。",
        ),
        (
            inspected(
                Visited(1, "卫坡村"),
                Visited(2, "南陈村"),
                ways=("听汇报", "看实地"),
                departments=("农办", "环境办"),
            ),
            "围绕“查秸秆禁烧”，2022年11月1日，朝阳镇党委组织农办、环境办，"
            "采取听汇报、看实地的方式，对卫坡村、南陈村共2个支部开展部门联查。",
        ),
        (
            inspected(purpose=" ", ways=(), departments=()),
            "2022年11月1日，朝阳镇党委组织有关部门，对卫坡村共1个支部开展部门联查。",
        ),
        (
            inspected(purpose="一查\n二看；\r\n"),
            "围绕“一查二看”，2022年11月1日，朝阳镇党委组织农办，采取看实地的方式，"
            "对卫坡村共1个支部开展部门联查。",
        ),
    ],
)
def test_the_opening_says_why_when_who_how_and_where(inspection, said):
    assert drafted([inspection])["opening"] == f"{said}\n现将有关情况通报如下。"


def test_inspections_are_told_day_by_day():
    opening = drafted([inspected(held_on=LATER), inspected(held_on=DAY)])["opening"].split("\n")
    assert ["11月1日" in opening[0], "11月16日" in opening[1], len(opening)] == [True, True, 3]


@pytest.mark.parametrize(
    ("visits", "said"),
    [
        ([Visited(1, "卫坡村", "")], ""),
        ([Visited(1, "卫坡村", " 。\n")], ""),
        ([Visited(1, "卫坡村", "路灯全亮")], "卫坡村：路灯全亮。"),
        ([Visited(1, "卫坡村", "路灯全亮！")], "卫坡村：路灯全亮！"),
        ([Visited(2, "南陈村", "好；"), Visited(1, "卫坡村", "亮")], "卫坡村：亮。\n南陈村：好。"),
    ],
)
def test_what_is_done_well_is_told_by_name(visits, said):
    assert drafted([inspected(*visits)])["done_well"] == said


def test_a_branch_inspected_twice_has_one_line():
    twice = [
        inspected(Visited(1, "卫坡村", word), held_on=day)
        for word, day in (("二", LATER), ("一", DAY))
    ]
    assert drafted(twice)["done_well"] == "卫坡村：一。二。"


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([], ""),
        ([found()], "（一）卫坡村\n1. 生态宜居 3：沟边有秸秆。"),
        ([found(item="")], "（一）卫坡村\n1. 沟边有秸秆。"),
        (
            [found(), found(problem="台账缺页；"), found("南陈村", "", "护栏松动？")],
            "（一）卫坡村\n1. 生态宜居 3：沟边有秸秆。\n2. 生态宜居 3：台账缺页。\n"
            "（二）南陈村\n1. 护栏松动？",
        ),
        ([found(problem="一\n二\x07")], "（一）卫坡村\n1. 生态宜居 3：一二。"),
    ],
)
def test_problems_stand_by_branch_and_item(findings, said):
    assert drafted([], findings)["problems"] == said


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ([], ""),
        (
            [found(requirement="清理离田。"), found("南陈村", due_date=date(2023, 1, 5))],
            "各有关支部要对照附件所列问题逐项整改，责任部门按期复核销号。\n"
            "1. 卫坡村：清理离田，2022年11月20日前完成，由农办复核。\n"
            "2. 南陈村：清理离田，2023年1月5日前完成，由农办复核。",
        ),
        (
            [found(is_closed=True)],
            "各有关支部要对照附件所列问题逐项整改，责任部门按期复核销号。\n"
            "1. 卫坡村：清理离田，已整改销号。",
        ),
    ],
)
def test_requirements_have_dates_and_whoever_rechecks(findings, said):
    assert drafted([], findings)["requirements"] == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        *((1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十")),
        *((21, "二十一"), (90, "九十"), (99, "九十九"), (100, "100"), (101, "101")),
    ],
)
def test_numerals(number, said):
    assert notice_text.numeral(number) == said


@pytest.mark.parametrize(
    ("opening", "sections", "blocks"),
    [
        ("", {}, ()),
        (" 甲 \n\n乙", {}, ((TEXT, "甲"), (TEXT, "乙"))),
        (
            "甲",
            {"done_well": "好", "problems": "", "requirements": "改"},
            (
                (TEXT, "甲"),
                (HEADING, "一、好的做法"),
                (TEXT, "好"),
                (HEADING, "二、工作要求"),
                (TEXT, "改"),
            ),
        ),
        (
            "",
            {"problems": "（一）卫坡村\n1. 有秸秆。\n（十二）整改不力。要改。"},
            (
                (HEADING, "一、存在问题"),
                (SUBHEADING, "（一）卫坡村"),
                (TEXT, "1. 有秸秆。"),
                (TEXT, "（十二）整改不力。要改。"),
            ),
        ),
    ],
)
def test_what_is_empty_has_no_heading_and_numbers_have_no_gap(opening, sections, blocks):
    assert notice_text.body(opening, **sections) == blocks


@pytest.mark.parametrize(
    ("number", "said"),
    [(3, "朝督〔2022〕3号"), (None, "朝督〔2022〕　号"), (12, "朝督〔2022〕12号")],
)
def test_the_number_of_a_draft_is_a_gap(number, said):
    assert notice_text.reference("朝督", 2022, number) == said


def test_the_annex_is_numbered_and_says_its_dates_in_words():
    row = {
        "branch": "卫坡村",
        "item": "",
        "problem": "秸秆",
        "requirement": "清理",
        "department": "农办",
        "due_date": "2022-11-05",
    }
    [first, second] = notice_text.annex_rows([row, row])
    assert first == ("1", "卫坡村", "", "秸秆", "清理", "农办", "2022年11月5日")
    assert (second[0], len(notice_text.HEADER)) == ("2", len(first))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("平常的字 abc，。\n下一行\t", "平常的字 abc，。\n下一行\t"),
        ("甲\x00\x07\x0b\x1f\x7f\x9f乙", "甲乙"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲\u202e\u2066乙", "甲乙"),
        ("甲\ud800\ufffe\uffff乙", "甲乙"),
        ("😀𠮷", "😀𠮷"),
    ],
)
def test_what_nobody_sees_is_left_out(text, left):
    assert seen(text) == left
