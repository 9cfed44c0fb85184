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


def stamped(table, state):
    """A row is in `state` if, and only if, it bears the stamp that is named after it."""
    stamp, stands = Q(**{f"{state}_at__isnull": False}), Q(state=state)
    return CheckConstraint(
        name=f"{table}_{state}_is_stamped", condition=stands & stamp | ~stands & ~stamp
    )


def reasoned(table, stamp):
    """What bears the stamp says why."""
    return CheckConstraint(
        name=f"{table}_{stamp}_has_a_reason",
        condition=Q(**{f"{stamp}_at__isnull": True}) | ~Q(**{f"{stamp}_reason": ""}),
    )
