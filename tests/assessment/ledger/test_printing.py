"""LibreOffice opens both workbooks and prints them: the pages are looked at as a reader would."""

import os
import re
import shutil
import subprocess
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from assessment.ledger import as_bytes, branch_workbook, cycle_workbook
from assessment.models import ItemRating
from tests.town import sheet_of

# Where the checks run for good, a missing LibreOffice is a failure, not a reason to skip.
pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"), reason="no LibreOffice here"
)
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


def assert_prints_well(pdf, ledger_pages):
    """A4 landscape throughout; on every page the first column's header and the last one's."""
    sizes = page_sizes(pdf)
    assert all(size.startswith(A4_LANDSCAPE) for size in sizes)
    texts = pages(pdf)
    assert len(texts) == len(sizes)
    assert "####" not in "".join(texts)
    for text in texts[ledger_pages]:
        header = [line for line in text.splitlines() if "任务内容" in line]
        assert len(header) == 1
        assert re.search(r"序号.*具体举措.*完成时限.*进展情况.*备注", header[0])
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(sizes)}\s*页", text)


def test_year_prints(busy_town, everything, printed):
    pdf = printed(cycle_workbook(busy_town, *everything))

    texts = pages(pdf)
    # The overview with its totals on one page, then at least two rows a page.
    assert 1 + 27 <= len(texts) <= 1 + 405
    assert_prints_well(pdf, slice(1, None))
    assert "总览" in texts[0]
    assert "星数合计" in texts[0]
    assert "这里的分配是本项目拟的" in texts[0]
    assert "410308105226" in texts[0]
    assert "2022年朝阳镇“五星”支部创建工作台账" in texts[1].replace(" ", "")


def test_branch_prints(busy_town, printed):
    pdf = printed(branch_workbook(sheet_of("卫坡村"), ItemRating.objects.all()))

    texts = pages(pdf)
    assert 2 <= len(texts) <= 12
    assert_prints_well(pdf, slice(None))
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

    placed = words(printed(branch_workbook(sheet, ItemRating.objects.all())))

    found = {word: (page, top, bottom) for page, word, top, bottom in placed}
    headers = {page: bottom for page, word, _, bottom in placed if word == "任务内容"}
    footers = {page: top for page, word, top, _ in placed if word in ("第", "页")}
    blocks = []
    for n in range(30):
        (page, top, _), (last_page, _, bottom) = found[f"B{n}B"], found[f"E{n}E"]
        assert page == last_page
        assert headers[page] < top < bottom < footers[page]
        blocks.append((page, top, bottom))
    for (page, _, bottom), (next_page, next_top, _) in pairwise(sorted(blocks)):
        assert page < next_page or bottom < next_top
