"""Files that are made for one request and saved by the reader's browser."""

from django.http import HttpResponse

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attachment(data: bytes, name: str) -> HttpResponse:
    """`name` is our own and plain: nothing in it can end the header. Its ending says what the file is."""
    response = HttpResponse(data, content_type=MEDIA_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
