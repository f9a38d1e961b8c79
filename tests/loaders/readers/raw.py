"""Office files written part by part, for what no library writes: tracked changes, bombs, locks."""

import struct
import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def relationships(*links: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    inside = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in links)
    return f'<Relationships xmlns="{_PACKAGE}">{inside}</Relationships>'


def package(path: Path, parts: dict[str, str | bytes]) -> Path:
    """A zip file of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def docx_file(path: Path, body: str, numbering: str = "", styles: str = "", part: str = "document.xml") -> Path:
    """A .docx file around the inside of `w:body`, and of `w:numbering` and `w:styles` where given."""
    links = [("n", "numbering", "numbering.xml")] if numbering else []
    links += [("s", "styles", "styles.xml")] if styles else []
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relationships(("d", "officeDocument", f"word/{part}")),
        f"word/{part}": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        f"word/_rels/{part}.rels": relationships(*links),
    }
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {_NAMES}>{numbering}</w:numbering>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {_NAMES}>{styles}</w:styles>"
    return package(path, parts)


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a run that is no XML is a text."""
    inside = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def cell(inside: str = "", properties: str = "") -> str:
    """A table cell; an inside that is no XML is a text."""
    content = inside if inside.startswith("<") else paragraph(*([inside] if inside else []))
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells, each as `cell` takes it or already one."""
    lines = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def xlsx_file(path: Path, rows: str, styles: str = "", book: str = "", after: str = "") -> Path:
    """A .xlsx file of one sheet around the inside of `sheetData`."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relationships(("d", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_OFFICE}">{book}<sheets>'
        '<sheet name="Biểu 1" sheetId="1" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("s", "worksheet", "worksheets/sheet1.xml"), ("t", "styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    return package(path, parts)


def ole_file(path: Path, *names: str) -> Path:
    """An OLE2 file with a directory of these names and nothing in them."""
    entries = b"".join(_ole_entry(name) for name in ("Root Entry", *names)).ljust(512, b"\x00")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * (108 * 4)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    path.write_bytes(header + table + entries)
    return path


def _ole_entry(name: str) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\x00") + struct.pack("<H", len(text)) + bytes(62)
