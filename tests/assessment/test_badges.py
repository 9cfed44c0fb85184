"""Badges and stars: every state has a word and a shape of its own."""

import re
from datetime import date

import pytest
from django.utils import translation

from assessment.enums import Rating, StarTurn, Step
from assessment.rules.rows import CategoryRow, StarRow
from assessment.rules.standing import StarStanding
from assessment.templatetags.badges import (
    due_badge,
    progress_bar,
    rating_badge,
    step_badge,
    turn_badge,
    turn_legend,
)
from assessment.templatetags.stars import STATES, star_legend, star_mark, star_story, stars

TODAY = date(2022, 11, 30)


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


def drawing(html):
    return re.search(r"<svg.*?</svg>", html).group()


def words(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("mark", "word"),
    [
        ("met", "达标"),
        ("partly_met", "基本达标"),
        ("unmet", "未达标"),
        ("not_applicable", "不适用"),
        ("", "未标"),
    ],
)
def test_rating_says_its_word(mark, word):
    assert words(rating_badge(mark)) == word


def test_no_two_ratings_share_a_shape():
    assert len({drawing(rating_badge(mark)) for mark in [*Rating.values, ""]}) == 5


def test_unknown_rating_is_an_error():
    with pytest.raises(ValueError, match="excellent"):
        rating_badge("excellent")


def test_steps_have_words_and_shapes():
    badges = [step_badge(step) for step in Step.values]
    assert [words(badge) for badge in badges] == ["村组标星", "部门瞄星", "党委督星", "已定星"]
    assert len({drawing(badge) for badge in badges}) == 4


@pytest.mark.parametrize(
    ("due", "sentence", "kind"),
    [
        (date(2022, 11, 27), "11月27日 · 逾期 3 天", "due-overdue"),
        (date(2022, 11, 29), "11月29日 · 逾期 1 天", "due-overdue"),
        (date(2022, 11, 30), "11月30日 · 今天到期", "due-soon"),
        (date(2022, 12, 7), "12月7日 · 还剩 7 天", "due-soon"),
        (date(2022, 12, 8), "12月8日 · 还剩 8 天", "due-later"),
        (date(2023, 1, 5), "2023年1月5日 · 还剩 36 天", "due-later"),
        (None, "未定期限", "due-none"),
    ],
)
def test_due_date_says_how_far_it_is(due, sentence, kind):
    badge = due_badge(due, TODAY)
    assert words(badge) == sentence
    assert kind in badge


def test_due_date_can_be_read_by_a_machine():
    assert '<time datetime="2022-12-07">' in due_badge(date(2022, 12, 7), TODAY)


def test_due_states_have_shapes():
    days = [None, date(2022, 11, 1), date(2022, 12, 1), date(2022, 12, 31)]
    assert len({drawing(due_badge(day, TODAY)) for day in days}) == 4


def test_progress_says_how_many_of_how_many():
    bar = progress_bar(12, 30, "标星进度")
    assert '<progress class="meter" value="12" max="30" aria-label="标星进度">' in bar
    assert words(bar) == "12 / 30"


def test_progress_of_nothing_is_an_empty_bar():
    assert 'value="0" max="1"' in progress_bar(0, 0, "标星进度")


def test_labels_are_escaped():
    assert "<b>" not in progress_bar(1, 2, "<b>")
    assert "<b>" not in star_mark("awarded", label="<b>")


def test_no_two_stars_share_a_shape():
    assert len({drawing(star_mark(state)) for state in STATES}) == len(STATES)


def test_star_says_what_it_is_to_those_who_do_not_see_it():
    star = star_mark("targeted", label="生态宜居")
    assert '<span class="visually-hidden">生态宜居 拟创星</span>' in star
    assert "visually-hidden" not in star_mark("targeted", word=True)


@pytest.mark.parametrize(("level", "name"), [(0, "无星"), (3, "三星"), (5, "五星")])
def test_level_is_drawn_of_five_and_named(level, name):
    drawn = stars(level)
    assert drawn.count("<svg") == 5
    assert drawn.count('class="won"') == level
    assert words(drawn) == name


def test_targeted_level_is_not_drawn_as_won():
    drawn = stars(3, targeted=True)
    assert drawn.count('class="wanted"') == 3
    assert 'class="won"' not in drawn


def test_level_not_yet_decided_shows_no_stars():
    assert words(stars(None)) == "未定星"
    assert "<svg" not in stars(None)


def test_legends_name_what_they_are_asked_for():
    assert words(star_legend("targeted", "awarded")) == "拟创星得星"
    assert star_legend().count("<li>") == len(STATES)


def story(step=Step.REVIEW, *, targeted=False, awarded=None, earned=()):
    star = StarRow(CategoryRow("ST", "生态宜居"), targeted=targeted, awarded=awarded)
    steps = {name: name in earned for name in ("self_rated", "reviewed", "proposed")}
    return star_story(StarStanding(star, **steps, now=None), step)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "无"),
        ({"targeted": True}, "拟创星"),
        ({"earned": ("self_rated",)}, "村组标星"),
        ({"targeted": True, "earned": ("self_rated", "reviewed")}, "拟创星、村组标星、部门瞄星"),
        ({"awarded": True}, "得星"),
        ({"targeted": True, "awarded": False}, "拟创星、未得星"),
        ({"earned": ("proposed",)}, "无"),
        ({"step": Step.SUPERVISION, "earned": ("proposed",)}, "提议得星"),
        ({"step": Step.SUPERVISION, "earned": ("proposed",), "awarded": False}, "未得星"),
    ],
)
def test_a_star_on_the_wall_tells_every_step(facts, said):
    assert words(story(**facts)) == f"生态宜居: {said}"


def test_each_step_keeps_its_place_and_its_shape():
    drawn = [
        re.findall(r'class="star star-(\w+)"', story(**facts))
        for facts in ({}, {"earned": ("reviewed",)}, {"targeted": True, "awarded": True})
    ]
    assert drawn == [
        ["none", "none", "none", "none"],
        ["none", "none", "reviewed", "none"],
        ["targeted", "none", "none", "awarded"],
    ]
    html = story(targeted=True, earned=("self_rated", "reviewed"), awarded=True)
    assert len(set(re.findall(r"<path.*?</svg>", html))) == 4


@pytest.mark.parametrize("turn", StarTurn)
def test_what_became_of_a_star_has_a_word_and_a_shape_of_its_own(turn):
    assert words(turn_badge(turn.value)) == turn.label
    same = [other for other in StarTurn if drawing(turn_badge(other)) == drawing(turn_badge(turn))]
    assert same == [turn]
    assert turn_badge(turn) in turn_legend()
