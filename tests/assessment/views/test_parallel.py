"""Requests at the same moment, by real HTTP from threads: one wins, the others lose no word."""

import re
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from time import monotonic
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from assessment.models import Assessment, Event, ItemRating
from branches.enums import Role
from branches.models import Branch, Department, Membership, User

from ...town import at_step, fill, item_of, person, sheet_of

ROUNDS = 20
WON, LOST = 302, 409


class Browser:
    """One window of one person: a session's cookie and the token of a page that was read."""

    def __init__(self, address, user, page):
        self.host = urlsplit(address).netloc
        signing_in = Client()
        signing_in.force_login(user)
        self.cookies = {settings.SESSION_COOKIE_NAME: signing_in.session.session_key}
        answer, text = self._ask("GET", page)
        assert answer.status == 200
        self.cookies["csrftoken"] = re.search(r"csrftoken=(\w+)", answer.msg["Set-Cookie"])[1]
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]

    def post(self, path, words, start):
        """Send it when everybody is connected; returns (status, page, sent at, answered at)."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **words})
        answer, text, *times = self._ask("POST", path, body, start)
        return answer.status, text, *times

    def _ask(self, method, path, body=None, start=None):
        connection = HTTPConnection(self.host, timeout=60)
        connection.connect()
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            start.wait(60)
        times = [monotonic()] if start else []
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        times += [monotonic()] if start else []
        connection.close()
        return answer, text, *times


class Rounds:
    """Lets several windows post at once, and counts how often they really did."""

    def __init__(self):
        self.at_once = 0

    def play(self, posts):
        """`posts` are (window, path, words); returns (status, page) of each."""
        start = Barrier(len(posts))
        with ThreadPoolExecutor(len(posts)) as pool:
            sent = [pool.submit(window.post, *what, start) for window, *what in posts]
            found = [each.result() for each in sent]
        last_sent, first_answered = max(each[2] for each in found), min(each[3] for each in found)
        self.at_once += last_sent < first_answered
        return [(status, page) for status, page, *_times in found]


@pytest.fixture
def rounds():
    """A round in which one was answered before the other was sent would show nothing."""
    made = Rounds()
    yield made
    assert made.at_once > ROUNDS / 2


def second(username, **membership):
    """Another person who holds the same."""
    user = User.objects.create(username=username, name=username)
    Membership.objects.create(user=user, **membership)
    return user


def one_wins(found):
    """The number of the one that won; all others were refused."""
    assert sorted(status for status, _page in found) == [WON] + [LOST] * (len(found) - 1)
    return [status for status, _page in found].index(WON)


def both_words(page, mine, theirs, version):
    """The page shows what was typed, what has been saved, and goes on from there."""
    assert "已被别人改过" in page
    assert mine in page
    assert theirs in page
    assert f'name="version" value="{version}"' in page


def test_two_people_and_a_second_window_save_the_same_item(live_server, committed_town, rounds):
    item = item_of(sheet_of("卫坡村"), "ST-3")
    path = reverse("item-self-rating", args=[item.pk])
    other = second("clerk_2", role=Role.CLERK, branch=Branch.objects.get(name="卫坡村"))
    people = (person("clerk_weipo"), other, other)
    windows = [Browser(live_server.url, user, path) for user in people]
    for number in range(ROUNDS):
        typed = [f"第 {number} 轮，窗口 {window} 写的" for window in range(len(windows))]
        sent = [{"self_rating": "met", "measures": words, "version": number} for words in typed]
        found = rounds.play(
            [(window, path, words) for window, words in zip(windows, sent, strict=True)]
        )
        won = one_wins(found)
        saved = ItemRating.objects.get(pk=item.pk)
        assert (saved.measures, saved.version) == (typed[won], number + 1)
        assert saved.changed_by == people[won]
        for window, (_status, page) in enumerate(found):
            if window != won:
                both_words(page, typed[window], typed[won], number + 1)
    assert Event.objects.filter(verb="self_rate", item_rating=item).count() == ROUNDS


def test_two_reviewers_mark_the_same_item(live_server, committed_town, rounds):
    item = item_of(at_step(sheet_of("卫坡村"), "review"), "ST-3")
    path, begun = reverse("item-review", args=[item.pk]), item.version
    other = second("reviewer_2", role=Role.REVIEWER, department=Department.objects.get(code="NY"))
    people = (person("reviewer_ny"), other)
    windows = [Browser(live_server.url, user, path) for user in people]
    for number in range(begun, begun + ROUNDS):
        typed = [f"第 {number} 轮，{user.username} 看过" for user in people]
        sent = [
            {"review": mark, "review_note": note, "version": number}
            for mark, note in zip(("partly_met", "unmet"), typed, strict=True)
        ]
        found = rounds.play(
            [(window, path, words) for window, words in zip(windows, sent, strict=True)]
        )
        won = one_wins(found)
        saved = ItemRating.objects.get(pk=item.pk)
        assert (saved.review, saved.review_note) == (sent[won]["review"], typed[won])
        assert (saved.version, saved.changed_by) == (number + 1, people[won])
        both_words(found[1 - won][1], typed[1 - won], typed[won], number + 1)
    assert Event.objects.filter(verb="review", item_rating=item).count() == ROUNDS


def test_two_clicks_submit_a_sheet_once(live_server, committed_town, rounds):
    liaison = person("liaison")
    sheets = list(Assessment.objects.select_related("branch")[:ROUNDS])
    for sheet in sheets:
        fill(sheet)
        place = {"user": liaison, "role": Role.CLERK, "branch": sheet.branch}
        Membership.objects.get_or_create(**place)
    window = Browser(live_server.url, liaison, sheets[0].get_absolute_url())
    for sheet in sheets:
        path = reverse("submit", args=[sheet.pk])
        found = rounds.play([(window, path, {})] * 2)
        won = one_wins(found)
        assert "这一步没有办理" in found[1 - won][1]
        assert Assessment.objects.get(pk=sheet.pk).step == "review"
        assert Event.objects.filter(verb="submit", assessment=sheet).count() == 1
