"""The shapes of constraint that several tables share."""

from django.db.models import CheckConstraint, Q


def together(table, *names):
    """At-and-by (and what belongs to them) are there together or not at all."""
    none = Q(**{f"{name}__isnull": True for name in names})
    every = Q(**{f"{name}__isnull": False for name in names})
    return CheckConstraint(name=f"{table}_{names[0]}_together", condition=none | every)


def choice(table, name, choices, *, blank=False):
    """The column holds one of the choices; the form is not the only guard."""
    values = ["", *choices.values] if blank else choices.values
    return CheckConstraint(
        name=f"{table}_{name}_is_a_choice", condition=Q(**{f"{name}__in": values})
    )
