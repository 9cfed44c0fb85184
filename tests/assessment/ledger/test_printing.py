"""LibreOffice opens both workbooks and prints them: the pages are looked at as a reader would."""

import os
import re
import subprocess
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from assessment.ledger import as_bytes
from assessment.models import Category, ItemRating
from tests.office import needs_office
from tests.town import sheet_of

from .conftest import branch_workbook, cycle_workbook

pytestmark = needs_office
A4_LANDSCAPE = "841.89 x 595.3"
WORD = "{http://www.w3.org/1999/xhtml}word"
PAGE = "{http://www.w3.org/1999/xhtml}page"
# 仿宋 is not free. A font of the same widths stands in for it, so that columns are as narrow here
# as on a desk that has 仿宋; without that font too they would be wider, and the test milder.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern">
    <test name="family"><string>仿宋</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Sans Mono CJK SC</string></edit>
  </match>
</fontconfig>
"""


def run(*command, **environment):
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **environment},
    )
    return done.stdout


@pytest.fixture
def printed(tmp_path):
    """workbook → the path of the PDF that LibreOffice makes of it."""

    def convert(workbook):
        source = tmp_path / "ledger.xlsx"
        source.write_bytes(as_bytes(workbook))
        fonts = tmp_path / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        kind = ("--convert-to", "pdf", "--outdir", str(tmp_path))
        run("soffice", profile, "--headless", *kind, str(source), FONTCONFIG_FILE=str(fonts))
        return source.with_suffix(".pdf")

    return convert


def page_sizes(pdf):
    """The size of every page, in points."""
    return re.findall(r"Page +\d+ size: +(\S+ x \S+) pts", run("pdfinfo", "-l", "9999", str(pdf)))


def pages(pdf):
    """The text of every page."""
    return run("pdftotext", "-layout", str(pdf), "-").split("\f")[:-1]


def words(pdf):
    """(page, word, top, bottom) of all words, as they stand on paper."""
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", str(pdf), "-"))
    return [
        (number, word.text, float(word.get("yMin")), float(word.get("yMax")))
        for number, page in enumerate(tree.iter(PAGE), start=1)
        for word in page.iter(WORD)
    ]


STARS = ("支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福")
LEDGER = r"序号.*任务内容.*具体举措.*完成时限.*进展情况.*备注"
# The first column's header and the last one's, on one line: the page is as wide as its table.
HEADERS = {
    "封面": r"填报单位\(盖章\)：朝阳镇.*填报日期",
    "总览": r"序号.*统计代码.*待办",
    **dict.fromkeys(STARS, r"序号.*支部.*定星理由"),
    "工作台账": LEDGER,
    "公示名单": r"序号.*支部.*星数",
    "卫坡村": LEDGER,
    "说明": r"类目.*项目.*内容",
}
LAST_FOR_FILTERING = {"工作台账": "督星意见", "卫坡村": "督星意见"}


def sheets_of(texts):
    """The title of each page's worksheet, which stands in its footer."""
    return [re.search(r"第.*页\s+(\S+)\s*$", text)[1] for text in texts]


def assert_prints_well(pdf, last=()):
    """A4 landscape throughout, numbered; each page with its table's header from side to side."""
    sizes = page_sizes(pdf)
    assert all(size.startswith(A4_LANDSCAPE) for size in sizes)
    texts = pages(pdf)
    assert len(texts) == len(sizes)
    assert "####" not in "".join(texts)
    for text, sheet in zip(texts, sheets_of(texts), strict=True):
        found = [line for line in text.splitlines() if re.search(HEADERS[sheet], line)]
        assert len(found) == 1, (sheet, text)
        assert dict(last).get(sheet, "") in found[0]
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(sizes)}\s*页", text)
    return texts


def test_year_prints(busy_town, everything, printed):
    texts = assert_prints_well(printed(cycle_workbook(busy_town, *everything)))

    titles = sheets_of(texts)
    assert list(dict.fromkeys(titles)) == ["封面", "总览", *STARS, "工作台账", "公示名单"]
    # The cover and the overview with its totals on one page each; a star on few.
    assert titles.count("封面") == titles.count("总览") == 1
    assert all(titles.count(star) <= 2 for star in STARS)
    # At least two rows a page.
    assert 27 <= titles.count("工作台账") <= 405
    assert "党委负责人(签字)" in texts[0]
    assert "任务清单说明" in texts[0]
    assert "星数合计" in texts[1]
    assert "这里的分配是本项目拟的" in texts[1]
    assert "410308105226" in texts[1]
    ledger = texts[titles.index("工作台账")].replace(" ", "")
    assert "2022年朝阳镇“五星”支部创建工作台账" in ledger


@pytest.mark.parametrize("scope", ["department", "star"])
def test_a_part_of_a_year_prints(busy_town, everything, printed, scope):
    star = busy_town.catalogue.categories.get(code="ST")
    place = star if scope == "star" else star.items.get(number=3).lead_department
    texts = assert_prints_well(
        printed(cycle_workbook(busy_town, *everything, scope=scope, place=place))
    )
    assert {"封面", "生态宜居", "工作台账"} <= set(sheets_of(texts))
    assert "本表只含" in texts[0]


def test_a_year_for_filtering_prints_too(busy_town, everything, printed):
    pdf = printed(cycle_workbook(busy_town, *everything, use="filter"))
    titles = sheets_of(assert_prints_well(pdf, LAST_FOR_FILTERING.items()))
    assert list(dict.fromkeys(titles)) == ["总览", *STARS, "工作台账", "公示名单", "说明"]


@pytest.mark.parametrize("use", ["print", "filter"])
def test_branch_prints(busy_town, printed, use):
    pdf = printed(branch_workbook(sheet_of("卫坡村"), ItemRating.objects.all(), use=use))

    last = LAST_FOR_FILTERING if use == "filter" else {}
    texts = assert_prints_well(pdf, last.items())
    assert 2 <= len(texts) <= 13
    if use == "print":
        assert "2022年朝阳镇卫坡村“五星”支部创建工作台账" in texts[0].replace(" ", "")
        assert "支部书记(签字)" in texts[-1]


FILLINGS = ("举措", "新装路灯136盏，投入20余万元；", "Wi-Fi covers 9 MW. ")


@pytest.mark.parametrize("filling", FILLINGS)
def test_no_text_is_cut(busy_town, printed, filling):
    """Clipped text stays in a PDF, so it is the places that count.

    Text is centred in its row: what a row has no room for runs into the rows above and below.
    """
    sheet = sheet_of("卫坡村")
    items = list(sheet.items.all())
    for n, item in enumerate(items):
        item.measures = f"B{n}B " + (filling * 600)[: 40 * (n % 16)] + f" E{n}E"
        item.progress = item.self_rating_note = ""
    ItemRating.objects.bulk_update(items, ["measures", "progress", "self_rating_note"])
    for star in Category.objects.filter(catalogue=busy_town.catalogue):
        Category.objects.filter(pk=star.pk).update(name=f"头{star.order} 尾{star.order}")

    placed = words(printed(branch_workbook(sheet, ItemRating.objects.all())))

    found = {word: (page, top, bottom) for page, word, top, bottom in placed}
    blocks = assert_whole(placed, "B", "E", 30)
    # A category's name, merged down over several pages, stands whole beside its first item.
    for order in range(1, 6):
        (page, top, _), (last_page, _, bottom) = found[f"头{order}"], found[f"尾{order}"]
        assert page == last_page == found[f"B{6 * order - 6}B"][0]
        assert top < bottom
    assert len({page for page, _, _ in blocks}) > 5


def assert_whole(placed, begin, end, count):
    """Each text from its first word to its last: on one page, between header and footer, and none
    in another's row. Returns where they stand.
    """
    found = {word: (page, top, bottom) for page, word, top, bottom in placed}
    headers = {page: bottom for page, word, _, bottom in placed if word == "任务内容"}
    footers = {page: top for page, word, top, _ in placed if word in ("第", "页")}
    blocks = []
    for n in range(count):
        (page, top, _), (last_page, _, bottom) = (
            found[f"{sign}{n}{sign}"] for sign in (begin, end)
        )
        assert page == last_page
        assert headers[page] < top < bottom < footers[page]
        blocks.append((page, top, bottom))
    for (page, _, bottom), (next_page, next_top, _) in pairwise(sorted(blocks)):
        assert page < next_page or bottom < next_top
    return blocks
