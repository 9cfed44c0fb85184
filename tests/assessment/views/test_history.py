"""What was done to a sheet, told in words."""

from django.urls import reverse

from assessment import workflow
from assessment.models import Event

from ...town import at_step, person, sheet_of


def page(client, sheet, username="auditor", language="zh-hans"):
    client.force_login(person(username))
    address = reverse("assessment-history", args=[sheet.pk])
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_a_sheet_tells_its_story(client, sheet):
    workflow.target_stars(sheet, ["ZB", "ST"], by=person("clerk_weipo"))
    at_step(sheet, "concluded")
    workflow.reopen(sheet_of("卫坡村"), "收到举报，复核", by=person("supervisor"))
    told = page(client, sheet)
    for words in ("支部过硬、生态宜居", "提交台账", "办结定星", "五星", "收到举报，复核"):
        assert words in told


def test_it_is_told_in_english_too(client, sheet):
    at_step(sheet, "concluded")
    told = page(client, sheet, language="en")
    assert "five stars" in told
    assert "Submit" in told


def test_a_reviewer_reads_of_the_items_of_the_department_only(client, sheet):
    at_step(sheet, "review")
    for code in ("NY", "DJ"):
        item = sheet.items.with_places().filter(task_item__lead_department__code=code).first()
        by = person(f"reviewer_{code.lower()}")
        workflow.review(item, "met", f"{code} 看过", item.version, by=by)
    told = page(client, sheet, "reviewer_ny")
    assert "NY 看过" in told
    assert "DJ 看过" not in told


def test_a_subject_is_kept_in_the_towns_language(client, town):
    client.force_login(person("auditor"))
    client.get(reverse("cycle-workbook", args=[2022]), headers={"accept-language": "en"})
    assert "工作台账" in Event.objects.first().subject


def test_an_unsaid_story_says_so(client, sheet):
    assert "还没有留痕" in page(client, sheet)
