"""Finds a Chinese name by the letters one types for it: 卫坡 by wp, weipo or weip."""

from functools import cache

from pypinyin import Style, pinyin


@cache
def readings(character):
    """Every way to read a character, without tones: 朝 is chao and zhao, 凹 is wa and ao."""
    [found] = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(found)


def spells(letters, name):
    """Whether `letters` spell the beginning of `name`, each character by any beginning of its own.

    Initials, whole syllables and a mixture of both are all the same to it.
    """
    if not letters or not name:
        return not letters
    return any(
        letters.startswith(reading[:length]) and spells(letters[length:], name[1:])
        for reading in readings(name[0])
        for length in range(1, len(reading) + 1)
    )
