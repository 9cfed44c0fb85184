"""The rectification ledger (整改台账): each problem, what was done about it, and its closing."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Moment
from ..rules.findings import light
from .columns import CODE_OF_BRANCH, Column
from .looks import DATE, SHORT, TEXT, TITLE
from .notes import notes_on_findings
from .table import write_table

NAMED = 2  # the columns that say which problem of whom


def _item(row):
    rating = row.finding.item_rating
    return str(rating.task_item) if rating else ""


def _rounds(row, words_of):
    """What `words_of` says of each round, under its number where there are several."""
    rounds = [(one.number, words_of(one)) for one in row.finding.rounds.all()]
    if len(rounds) == 1:
        return rounds[0][1]
    numbered = _("第{number}次：{words}")
    return "\n".join(numbered.format(number=n, words=words) for n, words in rounds if words)


def _recheck(one):
    if one.is_closed is None:
        return _("待复核")
    verdict = _("通过") if one.is_closed else _("不通过")
    return _("{verdict}，{note}").format(verdict=verdict, note=one.recheck_note).rstrip("，")


def _files(row):
    """How many there are of each moment."""
    moments = [file.moment for file in row.finding.shown_files]
    counts = [(moment, moments.count(moment)) for moment in Moment]
    said = [_("{moment} {count} 份").format(moment=m.label, count=n) for m, n in counts if n]
    return _("、").join(said)


def _state(row):
    """In words, with the colour that towns give it while somebody still has to act."""
    finding = row.finding
    words = finding.get_state_display()
    if finding.set_aside_at:
        words = _("{state}（不影响定星）").format(state=words)
    if not finding.is_unresolved:
        return words
    colour = light(finding.state, finding.due_date, row.today).label
    return _("{state}，{light}灯").format(state=words, light=colour)


def _closed_on(row):
    return row.finding.closed_at and timezone.localdate(row.finding.closed_at)


def _measure(one):
    return _("{measure}（{person}）").format(measure=one.measure, person=one.responsible_person)


BEFORE = (
    Column(gettext_lazy("序号"), 5.5, SHORT, lambda row: row.number),
    Column(gettext_lazy("支部"), 9.5, SHORT, lambda row: row.branch.name),
)
FOUND = (
    Column(gettext_lazy("联查日期"), 16, DATE, lambda row: row.finding.inspection.held_on),
    Column(gettext_lazy("任务项"), 16, TEXT, _item),
    Column(gettext_lazy("存在问题"), 24, TEXT, lambda row: row.finding.problem),
    Column(gettext_lazy("整改要求"), 24, TEXT, lambda row: row.finding.requirement),
    Column(gettext_lazy("责任部门"), 11, SHORT, lambda row: row.department),
    Column(gettext_lazy("整改期限"), 16, DATE, lambda row: row.finding.due_date),
    Column(gettext_lazy("整改措施（责任人）"), 28, TEXT, lambda row: _rounds(row, _measure)),
    Column(gettext_lazy("资料"), 11, SHORT, _files),
)
RECHECKED = Column(gettext_lazy("复核意见"), 22, TEXT, lambda row: _rounds(row, _recheck))
CLOSED = (
    Column(gettext_lazy("状态"), 11, SHORT, _state),
    Column(gettext_lazy("销号日期"), 16, DATE, _closed_on),
    Column(gettext_lazy("销号人"), 9.5, SHORT, lambda row: row.closed_by),
)


def write_rectification(worksheet, contents):
    choices = contents.choices
    codes = (CODE_OF_BRANCH,) if choices.is_for_filtering else ()
    rechecked = (RECHECKED,) if choices.has_reviewers_words else ()

    def head(writer):
        title = _("{year}年{town}“五星”支部创建部门联查问题整改台账")
        town = contents.names.town
        writer.put_line(1, title.format(year=contents.cycle.year, town=town), TITLE)

    def foot(writer, _header_row):
        writer.add_lines(notes_on_findings(contents))

    write_table(
        worksheet,
        contents,
        (*BEFORE, *codes, *FOUND, *rechecked, *CLOSED),
        contents.finding_rows(),
        first_to_move=NAMED + 1,
        head=head,
        foot=foot,
    )
