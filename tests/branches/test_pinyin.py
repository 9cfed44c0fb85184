"""Letters that spell a name, and how long it takes over many names."""

from time import process_time

import pytest

from branches.pinyin import readings, spells


@pytest.mark.parametrize(
    "letters", ["w", "we", "wei", "wp", "wep", "weipo", "weipocun", "wpc", "wpcun", "wpcu", ""]
)
def test_any_beginning_of_each_character_spells_it(letters):
    assert spells(letters, "卫坡村")


@pytest.mark.parametrize("letters", ["p", "wip", "wpx", "weipocunx", "wpcc", "卫"])
def test_what_does_not_spell_it(letters):
    assert not spells(letters, "卫坡村")


def test_what_is_no_chinese_reads_as_itself():
    assert readings("A") == ("A",)
    assert spells("lv", "吕村")


def test_a_county_of_branches_is_read_in_no_time():
    names = [
        f"{first}{second}村" for first in "卫南石游闫张高崔官周" for second in "坡陈沟王凹阳"
    ] * 5
    spells("wp", names[0])
    start = process_time()
    found = [name for name in names if spells("shigou", name)]
    assert len(found) == 5
    assert process_time() - start < 1


def test_a_name_that_repeats_itself_does_not_take_for_ever():
    start = process_time()
    assert not spells("shi" * 15 + "x", "石" * 50)
    assert process_time() - start < 1
