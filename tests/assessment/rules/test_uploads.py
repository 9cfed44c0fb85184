"""Names, sizes and limits of what is filed."""

from datetime import date

import pytest

from assessment.enums import BlockerKind, FileKind
from assessment.rules import uploads
from assessment.rules.completeness import Blocker

# What a person reads of each reason why a file is not kept.
SENTENCES = {
    "file_empty": "文件是空的，没有收下",
    "file_too_large": "文件超过 〔主语〕，没有收下",
    "quota_full": "本支部今年的资料最多 〔主语〕，这个文件放不下了",
    "unknown_kind": "内容不是照片、PDF、Word、Excel、PPT 或 WPS 文件，没有收下",
    "has_macros": "文件里带有宏，请另存为不带宏的文件再传",
    "archive_too_large": "文件展开后太大，没有收下",
    "image_too_large": "图片超过 〔主语〕 百万像素，没有收下",
    "image_broken": "图片打不开，可能损坏或没有传完整",
    "taken_later": "拍摄日期不能晚于今天",
    "same_content": "内容与“〔主语〕”相同，不用更换",
    "no_workbook": "这不是 Excel 工作簿（.xlsx），没有收下。"
    "请用 Excel 或 WPS 打开，另存为 .xlsx 再传",
    "older_workbook": "这是旧版 Excel、WPS 表格，或设了打开密码。请另存为不带密码的 .xlsx 再传",
    "workbook_broken": "工作簿打不开，可能损坏或没有传完整。请用 Excel 或 WPS 打开，重新保存后再传",
    "workbook_too_large": "工作簿里的内容太多，不像是填报用的表，没有收下",
    "has_links": "工作簿连着别的文件，请断开链接、另存以后再传",
    "has_entities": "文件里夹带了不该有的定义，没有收下。请用 Excel 或 WPS 另存为 .xlsx 再传",
    "too_many_sheets": "工作表多于 〔主语〕 张，没有收下",
    "cell_too_far": "单元格 〔主语〕 里有内容，离表格太远。请删掉表格以外的行和列再传",
    "cell_too_long": "单元格 〔主语〕 里的字太多，超过 Excel 一格的上限。请改短再传",
    "no_form": "这不是从这里下载的填报表，或者里面隐藏的编号丢了。"
    "请重新下载填报表，把填好的内容粘贴过去再传",
    "column_lost": "找不到“〔主语〕”这一列。请不要改动表头，改回来再传",
    "row_lost": "第 〔主语〕 行看不出是哪一项。请把内容填到那一项自己的行里，再删掉这一行",
    "row_twice": "第 〔主语〕 行是同一项。请只留一行",
    "row_copied": "第 〔主语〕 行是整行复制的，看不出哪一行是原来的。新增的请在表下的空白行里另写",
    "key_lost": "第 〔主语〕 行隐藏的编号被改动了，看不出是哪一行。请重新下载，把内容粘贴过去再传",
    "backs_another": "〔主语〕也用了这份资料，那一项现在不由支部办理，不能更换。"
    "可以另传一份，再把这份移出本项。",
}


@pytest.mark.parametrize(("kind", "sentence"), SENTENCES.items())
def test_sentences(kind, sentence):
    assert str(Blocker(BlockerKind(kind), "〔主语〕")) == sentence


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("会议记录.pdf", "pdf", "会议记录.pdf"),
        ("会议记录.PDF", "pdf", "会议记录.pdf"),
        ("照片.HEIC", "image", "照片.jpg"),
        ("照片.jpeg", "image", "照片.jpg"),
        ("路灯 2022.10.21", "image", "路灯 2022.10.21.jpg"),
        ("台账.doc", "wps", "台账.doc"),
        ("台账.wps", "wps", "台账.wps"),
        ("台账.docx", "wps", "台账.wps"),
        ("表.xls", "et", "表.xls"),
        ("表", "et", "表.et"),
        ("page.jpg.html", "image", "page.jpg.jpg"),
        ("a.exe", "pdf", "a.pdf"),
        ("../../etc/passwd", "pdf", "passwd.pdf"),
        ("C:\\村\\方案.docx", "docx", "方案.docx"),
        ("/", "pdf", "PDF 文件.pdf"),
        ("", "image", "图片.jpg"),
        ("..", "image", "图片.jpg"),
        (".pdf", "pdf", "PDF 文件.pdf"),
        ("方案\x00\n\u202efdp.pdf", "pdf", "方案fdp.pdf"),
        ('a:b*c?"<d>|.pdf', "pdf", "a b c   d.pdf"),
        ("村" * 300 + ".xlsx", "xlsx", "村" * 95 + ".xlsx"),
    ],
)
def test_names(name, kind, expected):
    found = uploads.safe_name(name, FileKind(kind))
    assert found == expected
    assert len(found) <= uploads.LONGEST_NAME


def kinds(blockers):
    return [blocker.kind.value for blocker in blockers]


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, ["file_empty"]), (1, []), (20, []), (21, ["file_too_large"])],
)
def test_sizes(size, expected):
    assert kinds(uploads.size_blockers(size, 20)) == expected


@pytest.mark.parametrize(
    ("size", "used", "expected"), [(5, 0, []), (5, 5, []), (6, 5, ["quota_full"])]
)
def test_quota(size, used, expected):
    assert kinds(uploads.quota_blockers(size, used, 10)) == expected


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(8000, 8000, []), (8000, 8001, ["image_too_large"]), (30000, 30000, ["image_too_large"])],
)
def test_pixels(width, height, expected):
    assert kinds(uploads.pixel_blockers(width, height, 64)) == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1] * uploads.MEMBERS, []),
        ([1] * (uploads.MEMBERS + 1), ["archive_too_large"]),
        ([uploads.UNPACKED], []),
        ([uploads.UNPACKED, 1], ["archive_too_large"]),
    ],
)
def test_archives(sizes, expected):
    assert kinds(uploads.archive_blockers(sizes)) == expected


def test_a_workbook_has_fewer_members():
    assert kinds(uploads.archive_blockers([1] * 201, uploads.WORKBOOK_MEMBERS)) == [
        "archive_too_large"
    ]


@pytest.mark.parametrize(
    ("name", "types", "macros", "links"),
    [
        ("xl/workbook.xml", b"<Types/>", [], []),
        ("xl/VBAproject.bin", b"", ["has_macros"], []),
        ("JDEData.bin", b"", ["has_macros"], []),
        ("x.xml", b"sheet.macroEnabled.main+xml", ["has_macros"], []),
        ("x.xml", "sheet.macroEnabled.main+xml".encode("utf-16"), ["has_macros"], []),
        ("xl/externalLinks/externalLink1.xml", b"", [], ["has_links"]),
        ("x.xml", b"spreadsheetml.externalLink+xml", [], ["has_links"]),
        ("x.xml", b"spreadsheetml.connections+xml", [], ["has_links"]),
        ("x.xml", b"spreadsheetml.queryTable+xml", [], ["has_links"]),
    ],
)
def test_macros_and_links(name, types, macros, links):
    assert kinds(uploads.macro_blockers(["xl/styles.xml", name], types)) == macros
    assert kinds(uploads.link_blockers(["xl/styles.xml", name], types)) == links


@pytest.mark.parametrize(("count", "expected"), [(20, []), (21, ["too_many_sheets"])])
def test_sheets(count, expected):
    assert kinds(uploads.sheets_blockers(count)) == expected


@pytest.mark.parametrize(
    ("row", "column", "length", "expected"),
    [
        (5000, 256, 32_767, []),
        (5001, 1, 1, ["cell_too_far"]),
        (1, 257, 1, ["cell_too_far"]),
        (1, 1, 32_768, ["cell_too_long"]),
    ],
)
def test_cells(row, column, length, expected):
    assert kinds(uploads.cell_blockers(row, column, "A1", "字" * length)) == expected


@pytest.mark.parametrize(
    ("taken_on", "expected"),
    [(None, []), (date(2022, 10, 21), []), (date(2022, 10, 22), ["taken_later"])],
)
def test_days(taken_on, expected):
    assert kinds(uploads.taken_blockers(taken_on, date(2022, 10, 21))) == expected


def test_the_limit_is_said():
    assert [str(each) for each in uploads.size_blockers(21 * 2**20, 20 * 2**20)] == [
        "文件超过 20 MB，没有收下"
    ]


def test_every_kind_has_endings_and_a_type():
    assert uploads.SUFFIXES.keys() == uploads.CONTENT_TYPES.keys() == set(FileKind)
