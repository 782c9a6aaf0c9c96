"""Titles in two languages."""

import dataclasses
from dataclasses import dataclass

from .jsontypes import Text
from .records import json_key


@dataclass(frozen=True, kw_only=True)
class Title:
    """`en` falls back to `vi` when the set does not give it."""

    vi: str = json_key(Text())
    en: str | None = json_key(Text(), None)

    def settled(self, spot) -> "Title":
        return self if self.en is not None else dataclasses.replace(self, en=self.vi)


def title_in(title: Title | None, lang: str) -> str:
    if title is None:
        return ""
    return title.en if lang == "en" else title.vi
