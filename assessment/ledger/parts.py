"""The parts of a workbook as data: one line each, in the order in which they stand."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..enums import LedgerScope
from .form import write_branch_ledger, write_year_ledger
from .overview import write_overview
from .public import write_public
from .rectification import write_rectification
from .star import write_star


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of worksheet. The cover says what it `holds`, and for whom.

    `pieces` maps the contents of the workbook to (title, contents) of each worksheet of this kind:
    none where it is not asked for. `write` writes one of them.
    """

    pieces: Callable
    write: Callable
    name: str
    holds: str
    reader: str

    def pieces_of(self, contents):
        return self.pieces(self, contents)


def whole_town(part, contents):
    is_whole = contents.sheet is None and contents.choices.scope == LedgerScope.TOWN
    return [(str(part.name), contents)] if is_whole else []


def across_branches(part, contents):
    return [(str(part.name), contents)] if contents.sheet is None else []


def where_found(part, contents):
    return [(str(part.name), contents)] if contents.findings else []


def where_public(part, contents):
    """Once there is something to make public."""
    is_due = contents.sheet is None and contents.public and contents.public.decided
    return [(str(part.name), contents)] if is_due else []


def by_star(_part, contents):
    stars = contents.stars_shown if contents.sheet is None else []
    return [(category.name, contents.of_category(category)) for category in stars]


def by_branch(_part, contents):
    is_asked = contents.sheet is not None or contents.choices.has_branch_sheets
    return [
        (contents.branch(sheet).name, contents.of_sheet(sheet))
        for sheet in contents.sheets
        if is_asked
    ]


PARTS = (
    Part(whole_town, write_overview, _("总览"), _("各支部的目标、五颗星和星级"), _("党委会议")),
    Part(by_star, write_star, _("逐星"), _("一类一张：各项标记和这颗星"), _("党委、部门")),
    Part(across_branches, write_year_ledger, _("工作台账"), _("所有任务项"), _("存档、核查")),
    Part(
        where_found, write_rectification, _("整改台账"), _("联查发现的问题和整改"), _("党委、部门")
    ),
    Part(where_public, write_public, _("公示名单"), _("已定星的支部和各自的星"), _("公示、群众")),
    Part(by_branch, write_branch_ledger, _("支部台账"), _("一个支部一张"), _("支部")),
)
