"""Pages of the whole site."""

from tests.rights.row import Row

ROWS = [
    Row("home", expect={"visitor": 302}, otherwise=200),
    Row("gallery", expect={"visitor": 200}, otherwise=200),
]
