"""A page's form as a browser would send it back: every box with the value it shows."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[dict] = []
        self.select = self.area = None
        self.in_template = 0

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "template":
            self.in_template += 1
        elif tag == "form":
            self.forms.append({"action": given.get("action", ""), "boxes": {}})
        elif not self.forms or self.in_template or "disabled" in given:
            return
        elif tag == "input" and given.get("name") and given.get("type") not in ("submit", "button"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1]["boxes"][given["name"]] = given.get("value", "on" if "checked" in given else "") or ""
        elif tag == "select":
            self.select = given["name"]
            self.forms[-1]["boxes"][self.select] = None
        elif tag == "option" and self.select:
            boxes = self.forms[-1]["boxes"]
            if "selected" in given or boxes[self.select] is None:
                boxes[self.select] = given.get("value") or ""
        elif tag == "textarea":
            self.area = given["name"]
            self.forms[-1]["boxes"][self.area] = ""

    def handle_endtag(self, tag):
        if tag == "template":
            self.in_template -= 1
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area and self.forms:
            self.forms[-1]["boxes"][self.area] += data


def boxes_of(answer, which: str = "version") -> dict[str, str]:
    """The boxes of the page's form that holds the box `which`."""
    parser = _Forms()
    parser.feed(answer.content.decode())
    found = next(one["boxes"] for one in parser.forms if which in one["boxes"])
    found.pop("csrfmiddlewaretoken", None)
    return {name: value.removeprefix("\n") for name, value in found.items() if value is not None}
