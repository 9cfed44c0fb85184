"""Stops an upload at the limit while it still comes in, before it fills the disk."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitHandler(FileUploadHandler):
    """Stands before Django's own handlers. A request that was cut off bears the file's name."""

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) > settings.EVIDENCE_FILE_BYTES:
            self.request.cut_off_at = self.file_name
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size):
        """The handlers behind this one keep the file."""
