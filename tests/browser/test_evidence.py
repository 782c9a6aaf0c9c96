"""Evidence in a real browser: a bad line, many files, keys of the viewer, and hostile content that runs nothing."""

import socket
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from scoring.filing.evidence import attach_evidence
from scoring.models import Evidence, Upload
from tests.browser.walker import Walker
from tests.scoring.filing.hostile import SCRIPT
from tests.scoring.filing.papers import pdf, picture, script_pdf

pytestmark = pytest.mark.browser


@pytest.fixture
def walker(running_year, site, browser, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    one = Walker(browser, site)
    one.sign_in("officer0")
    return one


def chosen(*files: tuple[str, bytes]) -> list[dict]:
    return [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]


def open_form(walker: Walker, answer):
    """The line's own form for files."""
    walker.go(f"/filing/{answer.assessment_id}/pillars/{answer.criterion.pillar.code}/")
    line = walker.page.locator(f"#line-{answer.pk}")
    line.locator("a[data-adds]").first.click()
    line.locator(".evidence-form").wait_for()
    return line


def test_many_files_go_on_over_a_bad_line_and_each_says_how_it_ended(walker, running_year):
    answer, page = running_year.answer("B.1"), walker.page
    line, broken = open_form(walker, answer), []

    def bad_line(route):
        """Every third piece is lost."""
        broken.append(route.request.url)
        route.abort() if len(broken) % 3 == 1 else route.continue_()

    page.route("**/uploads/*/?offset=*", bad_line)
    large = pdf() + b"%" + bytes(900_000)
    page.set_input_files(
        f"#line-{answer.pk} input[type=file]",
        chosen(("lon.pdf", large), ("anh.png", picture()), ("chay.exe", b"MZ"), ("trang.pdf", b"<html>" + SCRIPT)),
    )
    line.locator(".evidence-form button[type=submit]").click()
    line.locator(".upload-done, .upload-refused").nth(3).wait_for(timeout=60_000)

    assert [item.get_attribute("class") for item in line.locator(".upload").all()] == [
        "upload upload-done", "upload upload-done", "upload upload-refused", "upload upload-refused"
    ]  # fmt: skip
    assert sorted(answer.evidence.values_list("original_name", flat=True)) == ["anh.png", "lon.pdf"]
    assert answer.evidence.get(original_name="lon.pdf").size == len(large)
    assert line.locator(".chip-pair").count() == 2
    assert len(broken) > 5
    walker.look()
    assert [told for told in walker.complaints if "Failed to load resource" not in told] == []


def test_the_same_file_goes_on_after_the_tab_was_closed(walker, running_year):
    answer, page = running_year.answer("B.1"), walker.page
    data = pdf() + b"%" + bytes(700_000)
    line, sent = open_form(walker, answer), []

    def die_after_one(route):
        sent.append(route.request.url)
        route.continue_() if len(sent) == 1 else route.abort()

    page.route("**/uploads/*/?offset=*", die_after_one)
    page.set_input_files(f"#line-{answer.pk} input[type=file]", chosen(("bao-cao.pdf", data)))
    with page.expect_response(lambda response: "offset=0" in response.url):
        line.locator(".evidence-form button[type=submit]").click()
    page.close(run_before_unload=False)
    (begun,) = Upload.objects.values_list("name", "received", "evidence")
    arrived = begun[1]  # a piece that is on its way while the tab closes may still arrive
    assert begun == ("bao-cao.pdf", arrived, None)
    assert 0 < arrived < len(data)

    walker.page = page.context.new_page()
    offsets = []
    walker.page.on("request", lambda one: offsets.append(one.url) if "offset=" in one.url else None)
    line = open_form(walker, answer)
    walker.page.set_input_files(f"#line-{answer.pk} input[type=file]", chosen(("bao-cao.pdf", data)))
    line.locator(".evidence-form button[type=submit]").click()
    line.locator(".upload-done").wait_for()

    # A piece that was on its way when the tab died may have arrived after it was counted.
    assert int(offsets[0].rpartition("=")[2]) >= arrived
    assert answer.evidence.get().size == len(data)


def test_files_are_dropped_on_a_line(walker, running_year):
    answer, page = running_year.answer("B.1"), walker.page
    walker.go(f"/filing/{answer.assessment_id}/pillars/B/")
    carried = page.evaluate_handle(
        "bytes => { const data = new DataTransfer();"
        " ['mot.pdf', 'hai.pdf'].forEach((name, at) => data.items.add(new File([new Uint8Array([...bytes, 37, at])], name)));"
        " return data; }",
        list(pdf()),
    )
    line = page.locator(f"#line-{answer.pk}")
    line.dispatch_event("dragover", {"dataTransfer": carried})
    assert "drop-here" in line.get_attribute("class")
    line.dispatch_event("drop", {"dataTransfer": carried})
    line.locator(".upload-done").nth(1).wait_for()

    assert sorted(answer.evidence.values_list("title", flat=True)) == ["hai.pdf", "mot.pdf"]


def test_without_script_many_files_go_in_one_post(running_year, site, browser, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    client, answer = Client(), running_year.answer("B.1")
    client.force_login(running_year.officer())
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    page = context.new_page()
    page.goto(site + reverse("evidence_attach", args=[answer.pk]))
    page.set_input_files("input[type=file]", chosen(("mot.pdf", pdf()), ("hai.pdf", pdf(b"1 0 0 rg"))))
    with page.expect_navigation():
        page.locator(".evidence-form button[type=submit]").click()

    assert f"#line-{answer.pk}" in page.url
    assert answer.evidence.count() == 2


def test_the_viewer_obeys_the_keyboard(walker, running_year):
    pages = pdf(b"1 0 0 rg 0 0 500 800 re f", b"0 1 0 rg 0 0 500 800 re f")
    file = keep(running_year, "hai-trang.pdf", pages)
    page = walker.page
    walker.go(reverse("evidence_view", args=[file.pk]))
    with page.expect_navigation():
        page.keyboard.press("ArrowRight")
    assert page.url.endswith("?page=2")
    page.keyboard.press("+")
    assert page.locator("[data-viewer]").get_attribute("data-zoom") == "150"
    page.keyboard.press("0")
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert page.locator(".viewer-page img").evaluate("image => image.naturalWidth") == 1000
    walker.look()
    walker.go(reverse("evidence_library", args=[file.assessment_id]))
    walker.go(reverse("citation_add", args=[running_year.answer("B.1").pk]))
    assert walker.complaints == []


def keep(year, name: str, data: bytes) -> Evidence:
    upload = SimpleUploadedFile(name, data)
    return attach_evidence(answers=[year.answer("B.1")], upload=upload, title="", actor=year.officer())


def test_what_is_served_runs_nothing_and_asks_nobody(walker, running_year, site):
    """Each hostile file that was taken is opened as original, as page and in the viewer."""
    files = [
        keep(running_year, "a.pdf", pdf() + SCRIPT),
        keep(running_year, "b.pdf", pdf()[:9] + SCRIPT + pdf()[9:]),
        keep(running_year, "c.pdf", script_pdf()),
        keep(running_year, "d.png", picture() + SCRIPT),
        keep(running_year, "e.jpg", picture(kind="JPEG", comment=SCRIPT)),
    ]
    page, ran, asked = walker.page, [], []
    page.on("dialog", lambda dialog: ran.append(dialog.message) or dialog.dismiss())
    page.on("request", lambda request: asked.append(request.url))
    for file in files:
        with page.expect_download() as download:
            page.evaluate("url => { location.href = url; }", site + reverse("evidence_file", args=[file.pk]))
        assert download.value.suggested_filename == file.original_name
        for url in (reverse("evidence_page", args=[file.pk, 1]), reverse("evidence_view", args=[file.pk])):
            page.goto(site + url)
            page.wait_for_load_state("networkidle")
            ran += ["RAN"] if page.title() == "RAN" else []

    assert ran == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}


def test_a_length_that_promises_more_than_comes_leaves_nothing(running_year, site, settings, tmp_path):
    """The line breaks in the middle of an ordinary post."""
    settings.MEDIA_ROOT = tmp_path / "files"
    client, answer = Client(), running_year.answer("B.1")
    client.force_login(running_year.officer())
    body = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4\n%%EOF'
    address = urlsplit(site)
    head = (
        f"POST {reverse('evidence_attach', args=[answer.pk])} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Cookie: sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}\r\nX-CSRFToken: {'a' * 32}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 99999\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(head.encode() + body)
        line.shutdown(socket.SHUT_WR)
        answered = line.recv(100)

    assert answered.split(b" ")[1] in (b"400", b"422", b"415")
    assert not Evidence.objects.exists()
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
