"""Comma-separated values: the delimiter is told by the header, and a row that does not fit it is refused."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from loaders.annexes import find_annexes
from loaders.problems import UnreadableFile
from loaders.readers import read_document

COMMAS = """BÁO CÁO 6 tháng đầu năm 2024

STT,Chỉ tiêu,Đơn vị tính,Số liệu,Ghi chú
1,"Số hồ sơ, cả qua mạng",Hồ sơ,1.234,
1.1,Tỷ lệ,%,"99,5","đủ, đúng"
"""
ROWS = [
    ("1", "Số hồ sơ, cả qua mạng", "1.234", "sheet:a, row:4"),
    ("1.1", "Tỷ lệ", "99,5", "sheet:a, row:5"),
]
SEMICOLONS = COMMAS.replace(",Chỉ", ";Chỉ").replace(",Đơn", ";Đơn").replace(",Số l", ";Số l").replace(",Ghi", ";Ghi")
SEMICOLONS = SEMICOLONS.partition("1,")[0] + "1;Số hồ sơ, cả qua mạng;Hồ sơ;1.234;\n1.1;Tỷ lệ;%;99,5;đủ, đúng\n"


QUOTED = "\n".join(",".join(f'"{cell}"' for cell in row) for row in csv.reader(StringIO(COMMAS)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [COMMAS, SEMICOLONS, SEMICOLONS.replace(";", "\t"), QUOTED],
    ids=["commas", "semicolons", "tabs", "every cell quoted"],
)
def test_the_header_tells_the_delimiter(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding=encoding)
    document = read_document(path)
    (annex,) = find_annexes(document)
    assert [(row.code, row.label, row.values[0], row.place) for row in annex.rows] == ROWS
    assert document.paragraphs[0].text == "BÁO CÁO 6 tháng đầu năm 2024"


@pytest.mark.parametrize("label", ["Nhóm chỉ tiêu", "Các nội dung", "Tên chỉ số", "Diễn giải"])
def test_the_reader_knows_a_header_by_all_labels_that_an_annex_has(label: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(COMMAS.replace("Chỉ tiêu", label), encoding="utf-8")
    (annex,) = find_annexes(read_document(path))
    assert [(row.code, row.label, row.values[0], row.place) for row in annex.rows] == ROWS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (COMMAS.replace('"99,5"', "99,5"), "row:5: thấy dòng có nhiều ô hơn dòng đầu bảng"),
        (COMMAS.replace('"99,5","đủ, đúng"', "99,5,"), "row:5: thấy dòng có nhiều ô hơn dòng đầu bảng"),
        (COMMAS.replace("1.234,", "1,234"), "row:4: thấy ô ghi chú chỉ có số"),
        (COMMAS.replace("1.234,", "1.234"), "row:4: thấy dòng có ít ô hơn dòng đầu bảng"),
        (COMMAS.replace('mạng"', "mạng"), "row:4: thấy dấu ngoặc kép không đóng"),
        ("một,hai\n1,2\n", "a.csv: thấy tệp CSV không có dòng đầu bảng"),
    ],
)
def test_what_is_not_sure_is_refused(text: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_document(path)
    assert found in str(refused.value)
