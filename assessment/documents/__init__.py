"""Official papers as Word documents, laid out as GB/T 9704-2012 says: the only python-docx."""

from .notice import notice_document, text_of
from .report import report_document

__all__ = ["notice_document", "report_document", "text_of"]
