"""Bodies as they are read: what is unclear is refused, with its place."""

import io
import time

import pytest

from core.api.parsing import MAX_BYTES, StrictJSON
from core.errors import Malformed, TooLarge


def read(body: bytes):
    return StrictJSON().parse(io.BytesIO(body))


def test_what_is_read():
    assert read('{"a": [1, -2.5, "Xã", null, true], "b": {}}'.encode()) == {"a": [1, -2.5, "Xã", None, True], "b": {}}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"a=1",
        b"\xef\xbb\xbf{}",
        b"\xff{}",
        '{"a": 1}'.encode("utf-16"),
        b'{"a": 1, "a": 1}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"1" * 100_000 + b"}",
        b'{"a": 1e' + b"9" * 100 + b"}",
        b"[" * 14 + b"]" * 14,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
    ],
)
def test_what_is_refused_at_once(body):
    begun = time.perf_counter()
    with pytest.raises(Malformed) as refusal:
        read(body)
    assert refusal.value.status == 400
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("text", [b"a\\u0000b", b"a\\ud800"])
def test_an_impossible_character_is_refused_with_its_place(text):
    with pytest.raises(Malformed) as refusal:
        read(b'{"x/y": ["' + text + b'"]}')
    assert refusal.value.code == "ERR-CHARACTER"
    assert list(refusal.value.fields) == ["/x~1y/0"]


def test_an_impossible_character_in_a_key():
    with pytest.raises(Malformed):
        read(b'{"\\u0000": 1}')


def test_a_body_is_small():
    longest = b'{"a": "' + b"x" * (MAX_BYTES - 9) + b'"}'
    assert len(longest) == MAX_BYTES
    assert read(longest)
    with pytest.raises(TooLarge):
        read(longest + b" ")
