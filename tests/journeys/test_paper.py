"""A branch's sheet and a notice as the browser prints them: A4, whole, and nothing of the site."""

from xml.etree import ElementTree

import pytest
from PIL import Image, ImageOps

from assessment import workflow
from assessment.models import Notice, TaskItem

from ..assessment.documents.test_printing import (
    HEIGHT,
    LEFT,
    LINE,
    MM,
    TOP,
    WIDTH,
    lines_of,
    of_filling,
    texts,
)
from ..assessment.ledger.test_printing import PAGE, page_sizes, pages, run
from ..town import (
    at_step,
    fill,
    finding_on,
    inspection_of,
    notice_about,
    person,
    reviewer_of,
    sheet_of,
)

pytestmark = pytest.mark.django_db(transaction=True)

A4 = (210 * MM, 297 * MM)
SIDE, FOOT = 15 * MM, 18 * MM  # of a page that is no official paper
FINE = 2  # dots to a point
# What is pressed, and what leads elsewhere; in both languages.
ON_SCREEN = (
    *("跳到正文", "首页", "退出", "下载工作台账", "留痕", "离线填报", "保存拟创星", "为什么"),
    *("提交台账…", "延期…", "收取台账", "代为办结", "去定星", "English"),
    *("Skip to", "Home", "Sign out", "Download", "History", "Why", "Extend", "Collect", "中文"),
)


def lines_by_page(pdf):
    """Of each page its lines from the top: (top, left, right, words)."""
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", str(pdf), "-"))
    return [lines_of(page) for page in tree.iter(PAGE)]


def inked(pdf):
    """Of each page the box that has ink in it, in points: (left, top, right, bottom).

    Where the words stand is not enough: a box around a word is as high as its font, and what is
    no word has none.
    """
    run("pdftoppm", "-r", str(72 * FINE), "-gray", "-png", str(pdf), str(pdf.with_suffix("")))
    for picture in sorted(pdf.parent.glob(f"{pdf.stem}-*.png")):
        page = ImageOps.invert(Image.open(picture).convert("L")).point(lambda grey: grey > 16)
        yield tuple(side / FINE for side in page.getbbox())


def assert_a4(pdf):
    sizes = page_sizes(pdf)
    for size in sizes:
        assert [float(side) for side in size.split(" x ")] == pytest.approx(A4, abs=0.5)
    return len(sizes)


def sheet_at(step):
    """With as many long words on it as people write."""
    sheet = sheet_of("卫坡村")
    if step == "self_rating":
        fill(sheet)
        sheet.items.filter(task_item__number=3).update(self_rating="")
        return sheet
    sheet = at_step(sheet, step)
    if step == "review":
        item = sheet.items.with_places().first()
        reviewer = reviewer_of(item.task_item.lead_department)
        workflow.return_item(item, "缺台账、照片和签到表" * 20, item.version, by=reviewer)
    sheet.stars.update(reason="年底前已补齐，党委会议定" * 20)
    return sheet


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize(
    ("step", "username"),
    [
        ("self_rating", "clerk_weipo"),
        ("self_rating", "supervisor"),
        ("review", "supervisor"),
        ("concluded", "auditor"),
    ],
)
def test_a_sheet_is_whole_on_a4(printed, committed_town, step, username, locale):
    sheet = sheet_at(step)
    pdf = printed(f"/assessments/{sheet.pk}/", username, locale)
    assert 2 <= assert_a4(pdf) <= 5
    text = "".join("".join(pages(pdf)).split())
    names = TaskItem.objects.filter(ratings__assessment=sheet).values_list("name", flat=True)
    assert len(names) == 30
    assert [name for name in names if "".join(name.split()) not in text] == []
    assert [words for words in ON_SCREEN if "".join(words.split()) in text] == []
    for number, lines in enumerate(lines_by_page(pdf), start=1):
        assert lines, f"page {number} is empty"
        for _top, left, right, words in lines:
            assert left >= SIDE - 1, words
            assert right <= A4[0] - SIDE + 1, words
    for left, top, right, bottom in inked(pdf):
        assert (left >= SIDE - 1, right <= A4[0] - SIDE + 1) == (True, True), (left, right)
        assert (top >= FOOT - 1, bottom <= A4[1] - FOOT + 1) == (True, True), (top, bottom)


@pytest.fixture
def findings(committed_town):
    """Two problems that one inspection found."""
    sheets = [sheet_of("卫坡村"), sheet_of("南陈村")]
    inspection = inspection_of(*sheets)
    return [finding_on(each, inspection=inspection) for each in sheets]


def issued(findings, opening):
    """The address of a notice about them that begins with these words."""
    drafted = notice_about(*findings)
    Notice.objects.filter(pk=drafted.pk).update(opening=opening)
    workflow.issue_notice(Notice.objects.get(pk=drafted.pk), by=person("supervisor"))
    return drafted.get_absolute_url()


def test_a_notice_is_laid_out_as_an_official_paper(printed, findings):
    """22 lines of 28 characters in 156 × 225 mm, as the .docx has them."""
    pdf = printed(issued(findings, "汉" * 28 * 40))
    assert assert_a4(pdf) >= 3
    all_pages = lines_by_page(pdf)
    full = of_filling(all_pages[1])
    assert [len(words) for *_, words in full] == [28] * 22
    tops = [top for top, *_ in full]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(LINE, abs=0.1)
    for number, (left, top, right, bottom) in enumerate(inked(pdf), start=1):
        assert (left >= LEFT - 1, right <= LEFT + WIDTH + 1) == (True, True), number
        # The first begins with the issuer, a few lines down.
        assert TOP <= top <= TOP + LINE * (4 if number == 1 else 1), number
        # Below the text there is the page's number alone.
        assert TOP + HEIGHT + 10 < bottom < A4[1] - 10 * MM, number
    for number, page in enumerate(all_pages, start=1):
        *lines, foot = page
        assert foot[-1] == f"—{number}—"
        assert foot[0] > TOP + HEIGHT - LINE
        for _top, left, right, words in lines:
            assert LEFT - 1 <= left <= right <= LEFT + WIDTH + 1, words


def test_a_notice_says_who_to_whom_and_what_in_its_order(printed, findings):
    all_pages = lines_by_page(printed(issued(findings, "近日，镇党委组织联查。")))
    said = [words for page in all_pages for words in texts(page)]
    order = (
        "中共朝阳镇委员会",
        "朝督〔2022〕1号",
        "关于秸秆禁烧督查情况的通报",
        "近日，镇党委组织联查。",
        "附件：问题清单",
    )
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    # The annex begins a page of its own, and nothing of the site is printed around it.
    assert texts(all_pages[-1])[:2] == ["附件", "问题清单"]
    text = "".join(said)
    for hidden in (*ON_SCREEN, "撤回通报", "已阅知", "五星支部创建"):
        assert hidden not in text


def test_no_page_has_the_signature_alone_on_it(printed, findings):
    """However long the text is, its last words stand with who signs it."""
    for lines in range(21, 27):
        all_pages = lines_by_page(printed(issued(findings, "汉字\n" * lines)))
        annex = next(n for n, page in enumerate(all_pages) if "附件" in texts(page))
        signed = texts(all_pages[annex - 1])
        assert signed[-3] == "中共朝阳镇委员会"
        assert len(signed) > 5, (lines, signed)
