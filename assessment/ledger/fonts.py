"""The faces of the town's papers, and what a desk that lacks one goes by when it picks another.

A cell names one font and no list of others. Where it is missing, Excel, WPS and LibreOffice look
for one of the same character set and then of the same family; without the set, a desk may draw
Chinese in boxes. The names are those of Windows and WPS (仿宋, not 仿宋_GB2312): a desk with the
older ones takes 宋体, which is as wide. No scheme is named, or a theme's fonts would take over.
"""

from dataclasses import dataclass

from openpyxl.styles import Font

CHINESE = 134  # GB 2312, as fonts and spreadsheets number character sets
ROMAN, SWISS, MODERN = 1, 2, 3  # with serifs, without, of one width


@dataclass(frozen=True, slots=True)
class Face:
    name: str
    family: int

    def font(self, size, colour="000000"):
        return Font(name=self.name, charset=CHINESE, family=self.family, size=size, color=colour)


BODY_FACE = Face("仿宋", MODERN)
HEADING_FACE = Face("黑体", SWISS)
TITLE_FACE = Face("方正小标宋简体", ROMAN)
