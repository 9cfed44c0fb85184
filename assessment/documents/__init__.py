"""Word documents: the only python-docx."""
