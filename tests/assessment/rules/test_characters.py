"""Characters that nobody sees are taken out; every other one stays."""

import pytest

from assessment.rules.characters import seen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一\r\n二\r三\n四", "一\n二\n三\n四"),
        ("\x00a\x0bb\x1fc", "abc"),
        ("\x7f甲\x85乙\x9f", "甲乙"),
        ("\u202e甲\u2066乙\u2069", "甲乙"),
        ("\ufffe\uffff", ""),
        ("\ud800半", "半"),
        ("制表\t符", "制表\t符"),
        ("　全角空格", "　全角空格"),
        ("emoji 🌟", "emoji 🌟"),
        ("", ""),
    ],
)
def test_what_is_seen_stays(typed, kept):
    assert seen(typed) == kept
