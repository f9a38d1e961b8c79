"""Files that are not what they seem, or that must not be read: each a clear refusal, never a traceback."""

import random
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
from make import SAMPLE, WRITERS
from raw import docx_file, ole_file, package, paragraph, relationships, table, xlsx_file
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from loaders.load import load_file
from loaders.problems import UnreadableFile
from loaders.readers import READERS, read_document
from loaders.readers import archive as archives
from loaders.readers import doc as old_word

HEADER = ("STT", "Chỉ tiêu", "Đơn vị tính", "Số liệu")
BODY = paragraph("Phụ lục 1") + table(HEADER, ("1", "Việc", "Việc", "5"))


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    problem = caught.value
    assert path.name in problem.place
    assert problem.found
    assert problem.expected
    assert problem.action
    return str(problem)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("docx", ".doc"),
        ("docx", ".pdf"),
        ("xlsx", ".xls"),
        ("xls", ".xlsx"),
        ("ods", ".xlsx"),
        ("html", ".xls"),
        ("pdf", ".docx"),
        ("xlsx", ""),
        ("docx", ".txt"),
    ],
)
def test_a_wrong_suffix_is_still_read(kind: str, suffix: str, tmp_path: Path) -> None:
    made = WRITERS[kind](SAMPLE, tmp_path / f"made.{kind}")
    path = made.rename(tmp_path / f"renamed{suffix}")
    assert len(read_document(path).tables) == 3


def test_what_is_no_document_is_refused_with_the_suffixes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert ", ".join(sorted(READERS)) in refusal(tmp_path / "a.png")
    (tmp_path / "a.docx").write_text("chỉ là chữ", encoding="utf-8")
    assert "không nhận ra" in refusal(tmp_path / "a.docx")
    (tmp_path / "a.xlsx").write_bytes(b"")
    assert "tệp rỗng" in refusal(tmp_path / "a.xlsx")


def test_a_zip_of_other_things_is_refused(tmp_path: Path) -> None:
    assert "giải nén" in refusal(package(tmp_path / "a.zip", {"bao-cao.txt": "x"}))


@pytest.mark.parametrize("start", ["<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>"])
def test_office_files_as_one_xml_are_refused(tmp_path: Path, start: str) -> None:
    (tmp_path / "a.xls").write_text(start, encoding="utf-8")
    assert "XML" in refusal(tmp_path / "a.xls")


LOCKED = (
    "{name}: thấy tệp được bảo vệ bằng mật khẩu (password-protected file); cần tệp mở được mà không cần mật khẩu (no "
    "password); hãy mở tệp, bỏ mật khẩu, lưu lại rồi nạp lại (remove the password, save, load again): Word và Excel ở "
    "File → Info → Protect → Encrypt with Password, xóa trống ô mật khẩu; PDF thì in lại ra PDF, hoặc gửi tệp Word, "
    "Excel gốc."
)


def locked_text(path: Path) -> Path:
    """An old Word document whose head says that it is encrypted."""
    data = bytearray(ole_file(path, "WordDocument").read_bytes())
    entry = data.index("WordDocument".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 116, 2)
    path.write_bytes(bytes(data) + struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100).ljust(512, b"\x00"))
    return path


def locked_document(path: Path, kind: str) -> Path:
    """An OpenDocument file whose list of parts says how they were encrypted."""
    return package(
        path,
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": b"\x00\x01",
            "META-INF/manifest.xml": "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>",
        },
    )


@pytest.mark.parametrize("name", ["excel-97.xls", "excel-2007.xlsx"])
def test_workbooks_with_a_password_are_refused_whatever_they_are_called(name: str, tmp_path: Path) -> None:
    """LibreOffice and msoffcrypto-tool made them."""
    data = (Path(__file__).parent / "locked" / name).read_bytes()
    for other in (name, "a.xls", "a.xlsx", "a.docx"):
        (tmp_path / other).write_bytes(data)
        assert refusal(tmp_path / other) == LOCKED.format(name=other)


def test_documents_with_a_password_are_refused(tmp_path: Path) -> None:
    locked = (
        locked_text(tmp_path / "a.doc"),
        locked_document(tmp_path / "a.ods", "spreadsheet"),
        locked_document(tmp_path / "a.odt", "text"),
        ole_file(tmp_path / "a.docx", "EncryptionInfo", "EncryptedPackage"),
    )
    for path in locked:
        assert refusal(path) == LOCKED.format(name=path.name)


@pytest.mark.parametrize("bits", [40, 128])
def test_a_pdf_is_refused_only_where_it_opens_with_a_password(bits: int, tmp_path: Path) -> None:
    """One that may only not be printed opens for anybody."""
    for user in ("secret", ""):
        page = Canvas(str(tmp_path / "a.pdf"), encrypt=StandardEncryption(user, "owner", strength=bits))
        page.drawString(100, 700, "Phu luc 1")
        page.save()
        if user:
            assert refusal(tmp_path / "a.pdf") == LOCKED.format(name="a.pdf")
    assert [one.text for one in read_document(tmp_path / "a.pdf").paragraphs] == ["Phu luc 1"]


def test_an_old_file_without_text_or_sheet_is_refused(tmp_path: Path) -> None:
    assert "không có văn bản hay trang tính" in refusal(ole_file(tmp_path / "a.doc", "VBA", "Macros"))


def test_a_workbook_without_a_sheet_or_with_macros_is_refused(tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relationships(("d", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}"><sheets/></workbook>',
    }
    assert "không có trang tính nào" in refusal(package(tmp_path / "a.xlsm", parts))
    parts["xl/vbaProject.bin"] = b"x"
    assert "có macro" in refusal(package(tmp_path / "a.xlsm", parts))


def test_a_package_without_its_document_is_refused(tmp_path: Path) -> None:
    assert "document.xml" in refusal(package(tmp_path / "a.docx", {"word/x.xml": "<x/>"}))


def test_a_zip_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    bomb = package(tmp_path / "a.docx", {"word/document.xml": bytes(50_000_000)})
    assert bomb.stat().st_size < 100_000
    assert "200 lần" in refusal(bomb)


def test_a_member_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_BYTES", 100)
    assert "bung ra" in refusal(docx_file(tmp_path / "a.docx", BODY))


def test_a_member_that_hides_its_size_is_refused(tmp_path: Path) -> None:
    path = docx_file(tmp_path / "a.docx", BODY + " " * 100_000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as file:
        size = file.getinfo("word/document.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "hỏng" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(tmp_path: Path, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'.encode(encoding)
    links = relationships(("d", "officeDocument", "word/document.xml"))
    assert "ENTITY" in refusal(package(tmp_path / "a.docx", {"_rels/.rels": links, "word/document.xml": bomb}))


def test_elements_nested_too_deep_are_refused(tmp_path: Path) -> None:
    assert "XML hỏng" in refusal(docx_file(tmp_path / "a.docx", "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "ods"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_truncated_files_are_refused(kind: str, share: float, tmp_path: Path) -> None:
    whole = WRITERS[kind](SAMPLE, tmp_path / f"whole.{kind}").read_bytes()
    (tmp_path / f"a.{kind}").write_bytes(whole[: int(len(whole) * share)])
    refusal(tmp_path / f"a.{kind}")


@pytest.mark.parametrize("kind", ["docx", "xlsx", "xls", "ods", "html", "pdf"])
def test_a_damaged_file_gives_a_report_or_a_problem(kind: str, tmp_path: Path) -> None:
    whole = WRITERS[kind](SAMPLE, tmp_path / f"whole.{kind}").read_bytes()
    chance = random.Random(kind)  # noqa: S311
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(5):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / f"a.{kind}").write_bytes(damaged)
        outcome = load_file(tmp_path / f"a.{kind}")
        assert (outcome.report is None) != (outcome.problem is None)


def test_damaged_cells_are_no_crash(tmp_path: Path) -> None:
    rows = '<row r="x"><c r="1" t="s"><v>-1</v></c><c r="ZZZZZ9" s="9"><v>1e999</v></c><c t="s"><v>²</v></c></row>'
    document = read_document(xlsx_file(tmp_path / "a.xlsx", rows, "<cellXfs><xf numFmtId='x'/></cellXfs>"))
    assert [each.text for each in document.paragraphs] == ["Biểu 1", "1e999"]


def test_without_libreoffice_an_old_word_file_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_word.shutil, "which", lambda _: None)
    (tmp_path / "a.rtf").write_text(r"{\rtf1 x}", encoding="ascii")
    assert "cài LibreOffice" in refusal(tmp_path / "a.rtf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_rtf_file_is_read_through_libreoffice(tmp_path: Path) -> None:
    cells = "".join(rf"\cellx{2000 * column}" for column in range(1, 5))
    rows = ""
    printed = [("STT", "Noi dung", "Don vi", "So lieu"), ("1", "Viec", "Viec", "5")]
    for row in printed:
        texts = "\\cell ".join(row)
        rows += f"\\trowd{cells}\\pard\\intbl {texts}\\cell\\row "
    (tmp_path / "a.doc").write_text("{\\rtf1\\ansi " + rows + "\\pard\\par}", encoding="ascii")
    (found,) = read_document(tmp_path / "a.doc").tables
    assert [row.cells for row in found.rows] == printed


def test_libreoffice_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(old_word.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(old_word, "_SECONDS", 0.2)
    assert "không chuyển xong" in refusal(ole_file(tmp_path / "a.doc", "WordDocument"))
