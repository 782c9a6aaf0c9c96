"""Files that outlive a power cut: what is stored was flushed before anything refers to it (reliability.md E.6)."""

import os

from django.core.files.storage import FileSystemStorage


class DurableStorage(FileSystemStorage):
    """As Django's, and the bytes and the name are on the disk when `save` returns."""

    def _save(self, name, content):
        name = super()._save(name, content)
        path = self.path(name)
        for place in (path, os.path.dirname(path)):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        return name
