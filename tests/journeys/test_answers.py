"""Pages that answer a POST: what is asked again, refused, or has two people's words on it."""

import pytest

from assessment import workflow

from ..town import at_step, finding_on, item_of, person, sheet_of
from .conftest import DESK
from .looking import what_is_wrong

pytestmark = pytest.mark.django_db(transaction=True)

# Sent as a page without a script sends it, so that the answer is a page of its own.
SEND = """([address, words]) => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = address
  const token = document.querySelector('[name=csrfmiddlewaretoken]').value
  for (const [name, value] of [['csrfmiddlewaretoken', token], ...words]) {
    const box = document.createElement('input')
    Object.assign(box, {type: 'hidden', name, value})
    form.append(box)
  }
  document.body.append(form)
  form.submit()
}"""


@pytest.fixture
def answers(committed_town):
    """username → (address, words, status): one of each kind of answer."""
    own, returned = sheet_of("卫坡村"), at_step(sheet_of("南陈村"), "review")
    other = at_step(sheet_of("石沟村"), "review")
    deciding = at_step(sheet_of("朝阳社区"), "supervision")
    problem = finding_on(own)
    return {
        "clerk_weipo": [
            *_to_the_branch(own),
            (f"/findings/{problem.pk}/rectification/", [], 422),
        ],
        "reviewer_ny": _to_the_department(returned, other, deciding),
        "supervisor": [
            *_to_the_committee(own, deciding),
            (f"/inspections/{problem.inspection_id}/findings/new/", [], 422),
        ],
    }


def _to_the_branch(sheet):
    item, at = item_of(sheet, "ST-3"), sheet.get_absolute_url()
    workflow.self_rate(item, {"measures": "别人写的举措"}, 0, by=person("clerk_weipo"))
    filling, typed = f"/items/{item.pk}/self-rating/", [("measures", "我写的举措")]
    first = [("row", 1), ("column", 0)]
    return [
        (filling, [*typed, ("version", 1), ("due_date", "下个月底")], 422),
        (filling, [*typed, ("version", 0)], 409),
        (f"{at}self-rating/submit/", [], 409),
        (f"{at}self-rating/paste/", [("text", "优秀\t举措"), *first], 422),
        (f"{at}self-rating/paste/", [("text", "达标\t举措"), *first], 200),
    ]


def _to_the_department(sheet, other, deciding):
    marked, open_, late = (item_of(each, "ST-3") for each in (sheet, other, deciding))
    read = marked.version
    workflow.review(marked, "met", "看过了", read, by=person("reviewer_ny"))
    chosen = [("chosen", f"{each.pk}:{each.version}") for each in (open_, item_of(sheet, "ST-2"))]
    mark = [("review", "unmet"), ("review_note", "没有看到台账")]
    return [
        ("/cycles/2022/review/marks/", [*mark, *chosen], 200),
        ("/cycles/2022/review/marks/", [mark[0], *chosen], 409),
        (f"/items/{marked.pk}/review/", [*mark, ("version", read)], 409),
        (f"/items/{open_.pk}/review/return/", [("return-version", open_.version)], 422),
        (f"/items/{late.pk}/review/", [*mark, ("version", late.version)], 409),
    ]


def _to_the_committee(sheet, deciding):
    differing = [(f"{code}-awarded", "no") for code in ("ZB", "CY", "ST", "PA", "WM")]
    mark, at = item_of(deciding, "ST-3"), deciding.get_absolute_url()
    too_early = [("step", "self_rating"), ("due", "2022-10-01"), ("reason", "连日阴雨")]
    return [
        (f"{at}supervision/", differing, 409),
        (f"{at}supervision/conclude/", [], 409),
        (f"{sheet.get_absolute_url()}extension/", too_early, 422),
        (f"/items/{mark.pk}/supervision/", [("supervision", "unmet")], 422),
        ("/cycles/2022/inspections/new/", [], 422),
        (f"{sheet.get_absolute_url()}self-rating/submit/", [], 403),
    ]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_every_answer(people, answers, locale):
    wrong = []
    for username, sent in answers.items():
        someone = people(username, viewport=DESK, locale=locale)
        for address, words, status in sent:
            someone.page.set_viewport_size(DESK)
            someone.go("/")
            with someone.page.expect_navigation() as answer:
                someone.page.evaluate(SEND, [address, words])
            assert answer.value.status == status, (address, words)
            wrong += [f"{address} {status}: {each}" for each in what_is_wrong(someone.page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_door_when_it_stays_shut(people, locale):
    """A wrong password, and one time too many."""
    stranger = people(viewport=DESK, locale=locale)
    words, wrong = [("username", "clerk_weipo"), ("password", "no")], []
    for _ in range(5):
        stranger.go("/sign-in/")
        with stranger.page.expect_navigation() as answer:
            stranger.page.evaluate(SEND, ["/sign-in/", words])
        if not wrong:
            wrong += what_is_wrong(stranger.page)
    assert answer.value.status == 429
    wrong += what_is_wrong(stranger.page)
    assert not wrong, "\n".join(wrong)
