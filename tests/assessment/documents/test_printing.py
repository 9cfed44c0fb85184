"""A notice as LibreOffice prints it: A4, its margins, 22 lines of 28 characters."""

import re
from collections import defaultdict
from xml.etree import ElementTree

import pytest

from assessment.documents import notice_document
from assessment.rules.notice_text import annex_rows, body
from tests.office import needs_office

from ..ledger.test_printing import PAGE, WORD, run
from .test_notice import MOMENT, ROW, text

pytestmark = needs_office
# The field's fonts are not free. Fonts of the same widths stand in for them.
STAND_INS = {
    "仿宋": "Noto Sans Mono CJK SC",
    "楷体": "Noto Sans Mono CJK SC",
    "黑体": "Noto Sans Mono CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
}
MATCH = """<match target="pattern"><test name="family"><string>{}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>"""
FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{"".join(MATCH.format(*pair) for pair in STAND_INS.items())}</fontconfig>
"""
MM = 72 / 25.4
TOP, LEFT, WIDTH, HEIGHT = 37 * MM, 28 * MM, 156 * MM, 225 * MM
LINE = 28.95
FILLING = "汉" * 28 * 70  # three pages and more


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """One notice of several pages, as LibreOffice's PDF."""
    folder = tmp_path_factory.mktemp("notice")
    source, fonts = folder / "notice.docx", folder / "fonts.conf"
    fonts.write_text(FONTS, encoding="utf-8")
    said = body(FILLING, done_well="路灯全亮。", problems="（一）卫坡村\n1. 有秸秆。")
    long_row = ROW | {"problem": "沟边有秸秆堆放。" * 20}
    notice = text(body=said, annex=annex_rows([long_row] * 12), mark="草稿")
    source.write_bytes(notice_document(notice, MOMENT))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = ("--convert-to", "pdf", "--outdir", str(folder))
    run("soffice", profile, "--headless", *kind, str(source), FONTCONFIG_FILE=str(fonts))
    return source.with_suffix(".pdf")


@pytest.fixture(scope="module")
def pages(printed):
    """Of each page its lines from the top: (top, left, right, words)."""
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", str(printed), "-"))
    return [lines_of(page) for page in tree.iter(PAGE)]


def lines_of(page):
    by_top = defaultdict(list)
    for word in page.iter(WORD):
        by_top[round(float(word.get("yMin")))].append(word)
    return [
        (
            top,
            min(float(word.get("xMin")) for word in words),
            max(float(word.get("xMax")) for word in words),
            "".join(word.text for word in words),
        )
        for top, words in sorted(by_top.items())
    ]


def texts(page):
    return [words for *_, words in page]


def of_filling(page):
    return [line for line in page if set(line[-1]) == {"汉"}]


def test_every_page_is_a4(printed):
    sizes = re.findall(r"size: +(\S+) x (\S+) pts", run("pdfinfo", "-l", "99", str(printed)))
    assert len(sizes) > 5
    for width, height in sizes:
        assert float(width) == pytest.approx(210 * MM, abs=0.5)
        assert float(height) == pytest.approx(297 * MM, abs=0.5)


def test_a_full_page_holds_22_lines_of_28_characters(pages):
    full = [of_filling(page) for page in pages[1:3]]
    for lines in full:
        assert len(lines) == 22
        assert {len(words) for *_, words in lines} == {28}
        tops = [top for top, *_ in lines]
        assert (tops[-1] - tops[0]) / 21 == pytest.approx(LINE, abs=0.1)


def test_the_text_keeps_to_its_margins(pages):
    for page in pages[1:3]:
        lines = of_filling(page)
        # The first line's characters stand in the middle of its 28.95 points.
        assert TOP - 1 <= lines[0][0] <= TOP + LINE / 2
        assert lines[-1][0] + 16 <= TOP + HEIGHT
        assert all(abs(left - LEFT) < 1 for _, left, *_ in lines)
        assert all(LEFT + WIDTH - 2 <= right <= LEFT + WIDTH + 1 for *_, right, _ in lines)


def test_a_paragraph_begins_two_characters_in(pages):
    first = of_filling(pages[0])[0]
    assert first[1] == pytest.approx(LEFT + 2 * 15.75, abs=1)
    assert len(first[-1]) == 26


def test_issuer_number_title_and_recipients_come_first_the_title_in_the_middle(pages):
    lines = {words: (top, left, right) for top, left, right, words in pages[0]}
    names = ("中共朝阳镇委员会", "朝督〔2022〕3号", "关于秸秆禁烧督查情况的通报")
    tops = [lines[name][0] for name in names]
    assert tops == sorted(tops)
    assert tops[0] - TOP > 25 * MM
    for name in names:
        _, left, right = lines[name]
        assert (left + right) / 2 == pytest.approx(LEFT + WIDTH / 2, abs=4)
    assert lines["各村（社区）党支部，各有关部门："][1] == pytest.approx(LEFT, abs=1)


def test_the_annex_has_a_page_of_its_own_and_its_header_stands_on_every_page(pages):
    [first] = [number for number, page in enumerate(pages) if "附件" in texts(page)]
    signed = next(n for n, page in enumerate(pages) if "2022年11月30日" in texts(page))
    assert signed < first
    assert texts(pages[first])[1:3] == ["附件", "问题清单"]
    assert len(pages) - first >= 2
    for page in pages[first:]:
        assert any("存在问题" in words and "整改期限" in words for words in texts(page))
        assert all(left >= LEFT - 3 and right <= LEFT + WIDTH + 3 for _, left, right, _ in page)


def test_pages_are_numbered_outside_and_say_that_this_is_a_draft(pages):
    for number, page in enumerate(pages, start=1):
        top, left, right, words = page[-1]
        assert words == f"—{number}—"
        assert top > TOP + HEIGHT
        outside = LEFT + WIDTH - right if number % 2 else left - LEFT
        assert 10 <= outside <= 20
        assert page[0][-1] == "草稿"
        assert page[0][0] < TOP - 20
