"""Fetch the vendored files anew: `python static/vendor/update.py` (needs npm, and fonttools + brotli for Python).

Neither the product nor its tests run this; what it writes is committed. Raise a version in PACKAGES, run it, look at the
component gallery, commit. It writes beside itself, the merged faces for PDF into data/fonts, and `manifest.json` with
version, licence and sha256 of every file. New icons: one name a line in `icons.txt`.
"""

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PDF_FONTS = HERE.parents[1] / "data" / "fonts"
PACKAGES = {
    "bootstrap": "5.3.9",
    "bootstrap-icons": "1.13.2",
    "@fontsource/be-vietnam-pro": "5.3.0",
    "@fontsource/inter": "5.3.0",
    "@fontsource/tinos": "5.3.0",
}
# Bootstrap's components that no page has: a filing page has to come over slow lines.
UNUSED = (
    "carousel(?:-[a-z-]+)?", "popover(?:-[a-z-]+)?", "bs-popover-[a-z]+", "bs-tooltip-[a-z]+", "tooltip(?:-[a-z]+)?",
    "offcanvas(?:-[a-z]+)*", "accordion(?:-[a-z]+)*", "spinner-[a-z-]+", "placeholder(?:-[a-z]+)?", "modal(?:-[a-z-]+)?",
    "breadcrumb(?:-item)?", "navbar(?:-[a-z-]+)?", "nav-(?:tabs|pills)", "btn-group(?:-[a-z]+)*", "form-floating",
    "input-group(?:-[a-z]+)*", "list-group(?:-[a-z-]+)?", "card-[a-z-]+",
)  # fmt: skip
SUBSETS = ("latin", "latin-ext", "vietnamese")
FIGURES = "U+0020,U+0025,U+002B-002E,U+0030-0039,U+00A0,U+2013,U+2212"


def fetch(folder: Path) -> dict[str, Path]:
    """Unpack each package below `folder`: its name to its path."""
    found = {}
    for name, version in PACKAGES.items():
        target = folder / name.replace("/", "_")
        target.mkdir()
        archive = subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"], cwd=target, check=True, capture_output=True, text=True
        ).stdout.split()[-1]
        with tarfile.open(target / archive) as packed:
            packed.extractall(target, filter="data")
        found[name] = target / "package"
    return found


def without_families(css: str) -> str:
    """The minified sheet without the rules that are for components of UNUSED alone, inside @media too."""
    unused = re.compile(rf"\.(?:{'|'.join(UNUSED)})(?![a-z])")

    def kept(block: str) -> str:
        out, place = [], 0
        while place < len(block):
            brace = block.find("{", place)
            if brace < 0:
                out.append(block[place:])
                break
            depth, end = 1, brace + 1
            while depth:
                depth += {"{": 1, "}": -1}.get(block[end], 0)
                end += 1
            head, body = block[place:brace], block[brace + 1 : end - 1]
            if head.startswith("@media") or head.startswith("@supports"):
                inner = kept(body)
                out.append(f"{head}{{{inner}}}" if inner else "")
            else:
                selectors = [one for one in head.split(",") if not unused.search(one)] if "@" not in head else [head]
                out.append(f"{','.join(selectors)}{{{body}}}" if selectors else "")
            place = end
        return "".join(out)

    return kept(css)


def copy_bootstrap(package: Path) -> None:
    """The minified sheet without components that no page has, the source map (a missing map stops collectstatic) and
    `data:` images, which `img-src 'self'` refuses; css/bootstrap-overrides.css sets our own files in their place."""
    css = (package / "dist/css/bootstrap.min.css").read_text()
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    css = re.sub(r'url\("data:[^"]*"\)', "none", css)
    (fresh("bootstrap") / "bootstrap.min.css").write_text(without_families(css.strip()) + "\n")
    shutil.copy(package / "LICENSE", HERE / "bootstrap/LICENSE")


def build_sprite(package: Path) -> None:
    folder = fresh("bootstrap-icons")
    symbols = []
    for name in (HERE / "icons.txt").read_text().split():
        svg = (package / "icons" / f"{name}.svg").read_text()
        inner = re.sub(r"\s*\n\s*", "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)[1])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16" fill="currentColor">{inner}</symbol>')
    (folder / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n')
    shutil.copy(package / "LICENSE", folder / "LICENSE")


def copy_faces(package: Path) -> None:
    folder = fresh("be-vietnam-pro")
    for subset in SUBSETS:
        for weight in (400, 600):
            file = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            shutil.copy(package / "files" / file, folder / file)
    shutil.copy(package / "LICENSE", folder / "LICENSE")


def build_figures(package: Path) -> None:
    """Tabular digits of Inter: Be Vietnam Pro has none, and columns would not align."""
    folder = fresh("sla-figures")
    for weight in (400, 600):
        subprocess.run(
            [
                sys.executable, "-m", "fontTools.subset", package / f"files/inter-latin-{weight}-normal.woff2",
                f"--unicodes={FIGURES}", "--layout-features=tnum,lnum", "--flavor=woff2", "--no-hinting",
                f"--output-file={folder / f'sla-figures-{weight}.woff2'}",
            ],
            check=True,
        )  # fmt: skip
    shutil.copy(package / "LICENSE", folder / "LICENSE")


def merge_face(package: Path, stem: str, weight: int, style: str, name: str) -> None:
    """One TTF of the three subsets, since the PDF typesetter wants a whole face in one file."""
    from fontTools.merge import Merger  # noqa: PLC0415 - only this script needs fonttools
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only this script needs fonttools

    parts = []
    for subset in SUBSETS:
        font = TTFont(package / f"files/{stem}-{subset}-{weight}-{style}.woff2")
        font.flavor = None
        part = io.BytesIO()
        font.save(part)
        part.seek(0)
        parts.append(part)
    merged = Merger().merge(parts)
    merged.save(PDF_FONTS / f"{name}.ttf")


def build_pdf_fonts(found: dict[str, Path]) -> None:
    PDF_FONTS.mkdir(parents=True, exist_ok=True)
    text, paper = found["@fontsource/be-vietnam-pro"], found["@fontsource/tinos"]
    merge_face(text, "be-vietnam-pro", 400, "normal", "BeVietnamPro-Regular")
    merge_face(text, "be-vietnam-pro", 600, "normal", "BeVietnamPro-SemiBold")
    for weight, style, name in (
        (400, "normal", "Regular"), (700, "normal", "Bold"), (400, "italic", "Italic"), (700, "italic", "BoldItalic"),
    ):  # fmt: skip
        merge_face(paper, "tinos", weight, style, f"Tinos-{name}")
    shutil.copy(text / "LICENSE", PDF_FONTS / "BeVietnamPro-LICENSE.txt")
    shutil.copy(paper / "LICENSE", PDF_FONTS / "Tinos-LICENSE.txt")


def fresh(name: str) -> Path:
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def write_manifest(found: dict[str, Path]) -> None:
    packages = [
        {"name": name, "version": PACKAGES[name], "licence": json.loads((path / "package.json").read_text())["license"]}
        for name, path in found.items()
    ]
    root = HERE.parents[1]
    kept = {".css", ".svg", ".woff2", ".ttf", ""}
    files = sorted(
        path
        for folder in (HERE, PDF_FONTS)
        for path in folder.rglob("*")
        if path.is_file() and (path.suffix in kept or path.name.endswith("LICENSE.txt"))
    )
    sums = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (HERE / "manifest.json").write_text(json.dumps({"packages": packages, "sha256": sums}, indent=1) + "\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = fetch(Path(folder))
        copy_bootstrap(found["bootstrap"])
        build_sprite(found["bootstrap-icons"])
        copy_faces(found["@fontsource/be-vietnam-pro"])
        build_figures(found["@fontsource/inter"])
        build_pdf_fonts(found)
        write_manifest(found)


if __name__ == "__main__":
    main()
