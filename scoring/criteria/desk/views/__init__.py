"""One function per page or act."""
