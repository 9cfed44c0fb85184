"""The page of the progress report: which days, what is written on them, and what is taken away."""

from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from assessment import workflow
from assessment.models import Assessment, Event, ItemRating, ReportNote, Star
from branches.enums import BranchKind
from branches.models import Branch
from tests.town import at_step, finding_on, person, sheet_of

SPAN = {"begins": "2022-11-01", "ends": "2022-11-30"}


@pytest.fixture
def november(town, time_machine):
    """卫坡村 handed in on the third, a finding on the fifth, read on the fifteenth."""
    time_machine.move_to("2022-11-03T09:00+08:00", tick=False)
    sheet = at_step(sheet_of("卫坡村"), "review")
    time_machine.move_to("2022-11-05T09:00+08:00", tick=False)
    finding_on(sheet)
    time_machine.move_to("2022-11-15T09:00+08:00", tick=False)
    return town


@pytest.fixture
def reader(client, november):
    client.force_login(person("supervisor"))
    return client


def page(client, **asked):
    return client.get(reverse("cycle-report", args=[2022]), asked)


def write(client, text, version=0, **changed):
    asked = {**SPAN, "text": text, "version": version, **changed}
    return client.post(reverse("cycle-report-note", args=[2022]), asked)


def title(response):
    return response.context["label"]


def test_unasked_it_is_the_month_of_the_latest_event(reader, time_machine):
    assert title(page(reader)) == "2022年11月"
    time_machine.move_to("2023-02-15T09:00+08:00", tick=False)
    reader.force_login(person("supervisor"))  # meanwhile the session is over
    assert title(page(reader)) == "2022年11月"
    # What is no part of a report, such as a download, does not count.
    reader.get(reverse("cycle-workbook", args=[2022]))
    assert title(page(reader)) == "2022年11月"
    workflow.extend(
        sheet_of("卫坡村"), "review", date(2023, 3, 1), "等验收", by=person("supervisor")
    )
    assert title(page(reader)) == "2023年2月"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"month": "2022-10"}, "2022年10月"),
        ({"quarter": "2022-Q4"}, "2022年第4季度"),
        ({"begins": "2022-01-01", "ends": "2022-12-31"}, "2022年全年"),
        ({"begins": "2022-11-01", "ends": "2022-11-30"}, "2022年11月"),
        ({"begins": "2022年11月2日", "ends": "2022.11.9"}, "2022年11月2日至2022年11月9日"),
        ({"begins": "2022-11-05", "ends": "2022-11-05"}, "2022年11月5日"),
        ({"month": "2022-10", "quarter": "2022-Q4"}, "2022年10月"),
        ({"month": "", "quarter": "", "begins": "", "ends": ""}, "2022年11月"),
        ({"something": "else"}, "2022年11月"),
    ],
)
def test_which_days(reader, asked, words):
    response = page(reader, **asked)
    assert response.status_code == 200
    assert title(response) == words
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"month": "2022-13"}, "月份请写成"),
        ({"quarter": "第四季度"}, "月份请写成"),
        ({"begins": "2022-11-01"}, "起止两个日期都要选"),
        ({"ends": "2022-11-01"}, "起止两个日期都要选"),
        ({"begins": "昨天", "ends": "2022-11-30"}, "日期请写成"),
        ({"begins": "2022-11-09", "ends": "2022-11-08"}, "截止日期不能早于"),
        ({"begins": "2021-01-01", "ends": "2022-11-08"}, "一次最多汇报一年"),
        ({"month": "2022-12"}, "还没有开始"),
    ],
)
def test_days_that_cannot_be_reported_on(reader, asked, sentence):
    for name in ("cycle-report", "cycle-report-workbook", "cycle-report-document"):
        response = reader.get(reverse(name, args=[2022]), asked)
        assert response.status_code == 422
        said = response.content.decode()
        assert sentence in said
        # The choice stands open with what was typed, and nothing is told of other days.
        assert "<details" in said
        assert "按支部" not in said
    for typed in asked.values():
        assert typed in said or "month" in asked or "quarter" in asked
    assert not Event.objects.filter(verb="download").exists()


def test_there_is_always_a_choice_of_days(reader):
    said = page(reader).content.decode()
    assert '<option value="2022-11" selected>2022年11月</option>' in said
    assert '<option value="2022-Q4">2022年第4季度</option>' in said


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ({"month": "2022-11"}, None, None),
        ({"month": "2022-10"}, None, "month=2022-11"),
        ({"quarter": "2022-Q4"}, None, None),
        (
            {"begins": "2022-11-08", "ends": "2022-11-14"},
            "begins=2022-11-01&amp;ends=2022-11-07",
            "begins=2022-11-15&amp;ends=2022-11-21",
        ),
    ],
)
def test_the_days_before_and_after(reader, asked, before, after):
    """Not before the first event of the year, nor after today."""
    said = page(reader, **asked).content.decode()
    shown = [f"?{each}" in said for each in (before, after) if each]
    assert all(shown)
    assert said.count('<a href="?') == len(shown)


def test_it_says_what_has_moved_and_where(reader):
    said = page(reader, month="2022-11").content.decode()
    assert "提交台账" in said
    assert "村组标星 → 部门瞄星" in said
    assert "这段时间还没有结束，统计到现在。" in said
    assert "这段时间没有进展" not in said
    assert page(reader, month="2022-11").context["moves"] == [
        ("提交台账", 1, "卫坡村"),
        ("登记部门联查", 1, ""),
    ]


def test_days_in_which_nothing_moved(reader):
    response = page(reader, begins="2022-11-06", ends="2022-11-10")
    said = response.content.decode()
    assert "这段时间没有进展" in said
    assert "换一段时间" in said
    assert "统计到现在" not in said
    # How things stood is told none the less.
    [line] = [line for line in response.context["tables"][0].rows if line[0].value == "卫坡村"]
    assert line[3].pair == "部门瞄星"


def test_a_year_without_events_is_reported_on_too(client, town, time_machine):
    time_machine.move_to("2022-11-15T09:00+08:00", tick=False)
    client.force_login(person("auditor"))
    assert title(page(client)) == "2022年11月"


def test_in_english(reader):
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    said = page(reader, quarter="2022-Q4").content.decode()
    assert "Quarter 4 of 2022" in said
    assert "Sheets handed in" in said
    name = reader.get(reverse("cycle-report-workbook", args=[2022])).headers["Content-Disposition"]
    assert "%E5%AE%9A%E6%9C%9F%E6%B1%87%E6%8A%A5" in name  # 定期汇报: papers are in Chinese


def test_the_note_is_kept_with_its_author(reader):
    response = write(reader, "稳步推进。\r\n两个村还要催办。")
    assert response.status_code == 302
    assert response.url == f"{reverse('cycle-report', args=[2022])}?month=2022-11"
    note = ReportNote.objects.get()
    assert (note.begins_on, note.ends_on) == (date(2022, 11, 1), date(2022, 11, 30))
    said = page(reader, month="2022-11").content.decode()
    assert "两个村还要催办。" in said
    assert "supervisor，2022年11月15日" in said
    # On other days there is another note, or none.
    assert "两个村还要催办。" not in page(reader, quarter="2022-Q4").content.decode()


def test_two_who_write_at_once_lose_nothing(reader):
    write(reader, "先写的")
    response = write(reader, "后写的")
    assert response.status_code == 409
    said = response.content.decode()
    assert "先写的" in said
    assert "后写的" in said
    assert "supervisor刚刚保存了" in said
    assert ReportNote.objects.get().text == "先写的"
    assert response.context["note_form"]["version"].value() == 1
    assert write(reader, "后写的", version=1).status_code == 302
    assert ReportNote.objects.get().text == "后写的"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"begins": ""}, "看不出这是哪一段时间"),
        ({"ends": "昨天"}, "看不出这是哪一段时间"),
        ({"ends": "2022-10-30"}, "截止日期不能早于"),
        ({"begins": "2022-12-01", "ends": "2022-12-31"}, "还没有开始"),
        ({"version": "x"}, "看不出这一页是什么时候打开的"),
        ({"text": "长" * 2001}, "2000"),
    ],
)
def test_a_note_that_is_refused_is_kept_in_its_box(reader, changed, sentence):
    response = write(reader, **{"text": "写了一大段", **changed})
    assert response.status_code == 422
    said = response.content.decode()
    assert sentence in said
    assert (changed.get("text") or "写了一大段") in said
    assert not ReportNote.objects.exists()


def test_whoever_only_reads_sees_the_note_and_no_box(reader):
    write(reader, "稳步推进")
    reader.force_login(person("auditor"))
    said = page(reader, month="2022-11").content.decode()
    assert "稳步推进" in said
    assert "<textarea" not in said
    assert "这段时间没有写说明。" in page(reader, month="2022-10").content.decode()


def test_in_a_closed_year_nothing_is_written_any_more(reader, november):
    type(november).objects.update(state="closed")
    said = page(reader, month="2022-11").content.decode()
    assert "<textarea" not in said
    response = write(reader, "补写一句")
    assert response.status_code == 409
    # Who had the page open is told why, and keeps what was typed.
    assert "补写一句" in response.content.decode()
    assert "这一年度的创建没有在进行" in response.content.decode()
    assert not ReportNote.objects.exists()


def test_only_those_who_read_everything_are_shown_the_way(reader):
    link = reverse("cycle-report", args=[2022])
    overview = reverse("cycle", args=[2022])
    assert link in reader.get(overview).content.decode()
    reader.force_login(person("clerk_weipo"))
    assert link not in reader.get(overview).content.decode()


@pytest.mark.parametrize(
    ("name", "suffix", "opened"),
    [
        ("cycle-report-workbook", "xlsx", load_workbook),
        ("cycle-report-document", "docx", Document),
    ],
)
def test_a_file_is_taken_and_that_is_kept(reader, name, suffix, opened):
    write(reader, "=稳步推进")
    before = Event.objects.count()
    response = reader.get(reverse(name, args=[2022]), {"month": "2022-11"})
    assert opened(BytesIO(response.getvalue()))
    event = Event.objects.latest("pk")
    assert event.subject == f"2022年朝阳镇“五星”支部创建定期汇报（2022年11月）.{suffix}"
    assert (event.verb, event.actor, event.cycle.year) == ("download", person("supervisor"), 2022)
    assert Event.objects.count() == before + 1


def grow(town, count):
    """So many more branches, straight into the database: each with its stars and items."""
    branches = Branch.objects.bulk_create(
        Branch(name=f"新村{n}", code=f"{n:012}", kind=BranchKind.VILLAGE, order=100 + n)
        for n in range(count)
    )
    sheets = Assessment.objects.bulk_create(
        Assessment(cycle=town, branch=branch) for branch in branches
    )
    first = sheet_of("卫坡村")
    Star.objects.bulk_create(
        Star(assessment=sheet, category_id=star.category_id)
        for sheet in sheets
        for star in first.stars.all()
    )
    items = list(first.items.values_list("task_item", flat=True))
    ratings = ItemRating.objects.bulk_create(
        ItemRating(assessment=sheet, task_item_id=item) for sheet in sheets for item in items
    )
    Event.objects.bulk_create(
        Event(
            verb="self_rate",
            cycle=town,
            assessment_id=rating.assessment_id,
            item_rating=rating,
            changes={"self_rating": ["", "met"]},
        )
        for rating in ratings[::10]
    )


@pytest.mark.parametrize("branches", [27, 270])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("cycle-report", 21), ("cycle-report-workbook", 21), ("cycle-report-document", 21)],
)
def test_queries(reader, november, django_assert_num_queries, name, queries, branches):
    grow(november, branches - 27)
    with django_assert_num_queries(queries):
        response = reader.get(reverse(name, args=[2022]), {"month": "2022-11"})
        assert response.status_code == 200
    if name == "cycle-report":
        assert len(response.context["progress"].report.branches) == branches
