"""Which category goes on from which, where two years have catalogues of their own."""

from collections import Counter


def lineage(before, descents):
    """Code of a category → the code in the year before that it goes on from, one to one.

    `before` are the codes of the year before; `descents` map each code of this year to the codes
    that its items come from. The same code goes on from itself; a new one from that which most of
    its items come from, of those that no code goes on from.
    """
    links = {code: code for code in descents if code in before}
    claims = [
        (-count, place, code, old)
        for place, (code, olds) in enumerate(descents.items())
        for old, count in Counter(olds).items()
    ]
    free = set(before) - links.keys()
    for _count, _place, code, old in sorted(claims):
        if code not in links and old in free:
            links[code] = old
            free.remove(old)
    return links
