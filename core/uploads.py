"""The largest file that is taken in at all: the rest of a larger one is read and thrown away, never kept."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MAX_BYTES = 20 * 1024 * 1024


class LimitFileSize(FileUploadHandler):
    """First of FILE_UPLOAD_HANDLERS. A file above the limit is not in `request.FILES`; `request.too_large` says so,
    `request.too_large_names` which ones."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            self.request.too_large = True
            self.request.too_large_names = [*getattr(self.request, "too_large_names", ()), self.file_name]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None
