"""What a search finds in columns: the words of it, beside those that name a branch."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q


def holding(words, columns, branch=None):
    """Rows where each word stands in a column or names the row's branch, and one is in a column.

    `words` maps each word to the ids of the branches it names; `branch` is the way to the branch.
    """
    stands = {
        word: reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
        for word in words
    }
    named = {word: Q(**{f"{branch}__in": ids}) if branch else Q() for word, ids in words.items()}
    every = reduce(and_, (stands[word] | named[word] for word in words))
    return every & reduce(or_, stands.values())
