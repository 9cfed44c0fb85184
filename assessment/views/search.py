"""Search: branches, items and people, as far as whoever searches may see them."""

from dataclasses import dataclass

from django.shortcuts import render

from branches.models import Branch, User

from ..forms.search import SearchForm
from ..models import Assessment, ItemRating, TaskItem

AT_MOST = 50  # of each kind; the page says so, and how to narrow the search


@dataclass(frozen=True, slots=True)
class Found:
    """What the words found, kind by kind, none longer than AT_MOST."""

    sheets: list
    items: list
    tasks: list
    officials: list
    responsible: list
    accounts: list
    is_cut: bool

    @property
    def is_empty(self):
        people = self.officials or self.responsible or self.accounts
        return not (self.sheets or self.items or self.tasks or people)


def search(request):
    form = SearchForm(request.GET if "q" in request.GET else None)
    context = {"form": form, "at_most": AT_MOST}
    if form.is_valid():
        context["found"] = _found(form.cleaned_data["q"], request.user)
    return render(request, "assessment/search.html", context)


def _found(words, user):
    """Six queries, and two for accounts, however much there is."""
    words = Branch.objects.ids_by_word(words)
    sheets = Assessment.objects.visible_to(user).with_places()
    items = ItemRating.objects.visible_to(user).with_places().by_branch()
    tasks = TaskItem.objects.visible_to(user).select_related("category__catalogue")
    kinds = {
        "sheets": sheets.named(words),
        "items": items.about(words),
        "tasks": tasks.about(words).order_by("-category__catalogue__year", "category__order"),
        "officials": sheets.of_people(words),
        "responsible": items.of_people(words),
        "accounts": User.people.visible_to(user).named(words).with_places(),
    }
    rows = {kind: list(query[: AT_MOST + 1]) for kind, query in kinds.items()}
    is_cut = any(len(found) > AT_MOST for found in rows.values())
    return Found(is_cut=is_cut, **{kind: found[:AT_MOST] for kind, found in rows.items()})
