"""What a web page hides by its styles is not read into figures, keeps its place, and is told; what it adds is read."""

from decimal import Decimal
from pathlib import Path

import pytest
from readers.opening import OPENING

from loaders.load import LoadedFile, load_file
from warehouse.model import Remark

HEADER = ("STT", "Nội dung", "ĐVT", "Số liệu", "Ghi chú")
SHEET = """
.wide { display: none }
/* .plain {display:none} */
.gone, td.out { display : none !important }
.unseen { visibility: hidden }
#small b { font-size: 0 }
table .deep .deeper { display: none }
td:first-child:hover, td::before, svg|td, td:::x { display: none }
@media print { .paper { display: none } span { display: none } }
@media (min-width: 768px) { .wide { display: inline } }
@media (max-width: 768px) { .indented { display: none } }
@media screen { .screen { display: none } }
@font-face { font-family: x; src: url(x) }
.glass { opacity: 0; }
.indented { text-indent: -141.75pt; margin-left: 141.75pt }
.still { left: -9999px }
.whole { position: absolute; clip: rect(0px, 900px, 900px, 0px) }
.cut-off { position: absolute; clip: rect(0 0 0 0) }
b.on { display: inline } #on { display: inline } .on { display: inline !important } .off { display: none }
th > .inside { display: none } td > .outside { display: none }
td:last-child i, td:nth-child(4) u { display: none }
.cut { text-decoration: line-through }
.mark { vertical-align: super }
.aside { position: absolute; left: -9999px }
.one::after, .two::before { content: "1" }
.named:before { content: attr(title) " " }
.bullet::before { content: "▪ " } .icon::before { content: "\\f101" } .counted::before { content: counter(row) }
.two.bullet::before { content: "" }
.shade::after { content: "1"; visibility: hidden }
@media print { .ink::after { content: "1" } }
.light { color: #FFF } .dark { background: #1f4e78 } .paper-white { background-color: white }
"""


def loaded(path: Path, figure: str, marks: str = "") -> LoadedFile:
    """A report whose first figure's cell holds `figure`; the note behind it is a number too."""
    head = "".join(f"<th>{text}</th>" for text in HEADER)
    first = f"<tr><td>1</td><td>Việc một</td><td>Việc</td><td{marks}>{figure}</td><td>99</td></tr>"
    second = "<tr><td>2</td><td>Việc hai</td><td>Việc</td><td>7</td><td></td></tr>"
    opening = "".join(f"<p>{text}</p>" for text in OPENING)
    sheets = f"<style>{SHEET}</style><style media=print>.paper-only {{ display: none }}</style>"
    page = f"<html><head>{sheets}</head><body>{opening}<table><tr>{head}</tr>{first}{second}</table></body>"
    path.write_text(page, encoding="utf-8")
    outcome = load_file(path)
    assert outcome.report is not None, outcome.problem
    return outcome


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>1</span>",
        "<span style='DISPLAY: None'>1</span>",
        "<span style='visibility:hidden'>1</span>",
        "<span style='font-size:0'>1</span>",
        "<span style='font-size:0px;color:red'>1</span>",
        "<span style='font-size: 1px'>1</span>",
        "<span style='opacity:0.0'>1</span>",
        "<span style='color:transparent'>1</span>",
        "<span style='mso-hide:all'>1</span>",
        "<span style='position:absolute; left:-10000px'>1</span>",
        "<span hidden>1</span>",
        "<span class='x gone'>1</span>",
        "<span class='unseen'>1</span>",
        "<i id='small'><b>1</b></i>",
        "<i class=deep><u><b class=deeper>1</b></u></i>",
        "<span class='screen'>1</span>",
        "<span class='glass'>1</span>",
        "<span class='aside'>1</span>",
        "<span class='cut-off'>1</span>",
        "<span class='off'>1</span>",
        "<span class='outside'>1</span>",
        "<u>1</u>",
        "<span style='font-size:0'><b style='font-size:200%'>1</b></span>",
        "<span style='opacity:0'><b style='opacity:1'>1</b></span>",
        "<span class='unseen'><b>1</b></span>",
        "<span style='color:#FFFFFF'>1</span>",
        "<span style='color: rgb(255, 255, 255)'>1</span>",
        "<font color=white>1</font>",
        "<span class='light'>1</span>",
        "<span class='dark'><b class='light paper-white'>1</b></span>",
    ],
)
def test_hidden_digits_are_no_part_of_a_figure(hidden: str, tmp_path: Path) -> None:
    outcome = loaded(tmp_path / "report.html", f"4.34{hidden}0")
    assert outcome.report is not None
    assert [row.value for row in outcome.report.observations] == [Decimal(4340), Decimal(7)]
    said = Remark("hidden_cells", "table:1", {"printed": "bảng 1", "times": 1})
    assert outcome.report.remarks == (said,)


@pytest.mark.parametrize(
    "shown",
    [
        "<span class='plain'>1</span>",
        "<span class='paper'>1</span>",
        "<span style='display:inline'>1</span>",
        "<span style='font-size:12pt'>1</span>",
        "<span style='opacity:.5'>1</span>",
        "<span style='visibility:hidden'><b style='visibility:visible'>1</b></span>",
        "<span style='font-size:0'><b style='font-size:13px'>1</b></span>",
        "<span class='deeper'>1</span>",
        "<span class='off on'>1</span>",
        "<b class='off on'>1</b>",
        "<span class='off' id=on>1</span>",
        "<span class='off on' style='display:none'>1</span>",
        "<span class='inside'>1</span>",
        "<i>1</i>",
        "<span class='indented'>1</span>",
        "<span class='still'>1</span>",
        "<span class='whole'>1</span>",
        "<span class='wide'>1</span>",
        "<span class='paper-only'>1</span>",
        "<span style='opacity:'>1</span>",
        "<span style='font-size:.8em'>1</span>",
        "<span style='font-size:0'><b style='font-size:medium'>1</b></span>",
        "<span style='font-size:0'><b style='font:13px Arial'>1</b></span>",
        "<span style='color:transparent'><b style='color:black'>1</b></span>",
        "<b>1</b>",
        "<span class=one></span>",
        "<span class='two'></span>",
        "<span class='named' title='1'></span>",
        "<span class='bullet icon counted two'></span>1",
        "<span class='shade ink'></span>1",
        "<span class='light dark'>1</span>",
        "<span style='background-image:url(x)'><font color='#ffffff'>1</font></span>",
        "<span class='light'><b style='color:black'>1</b></span>",
        "<span class='light'><b class='dark'>1</b></span>",
    ],
)
def test_what_shows_is_read(shown: str, tmp_path: Path) -> None:
    outcome = loaded(tmp_path / "report.html", f"4.34{shown}")
    assert outcome.report is not None
    assert [row.raw_value for row in outcome.report.observations] == ["4.341", "7"]
    assert outcome.report.remarks == ()


@pytest.mark.parametrize("marks", [" style='visibility:hidden'", " class=unseen", " style='font-size:0'"])
def test_a_cell_that_cannot_be_seen_keeps_its_place(marks: str, tmp_path: Path) -> None:
    """The number in the next column is a note, and no figure of the row."""
    outcome = loaded(tmp_path / "report.html", "5", marks)
    assert outcome.report is not None
    rows = [(row.raw_value, row.status, row.note) for row in outcome.report.observations]
    assert rows == [(None, "blank", "99"), ("7", "reported", None)]
    assert [remark.rule for remark in outcome.report.remarks] == ["hidden_cells"]


@pytest.mark.parametrize(
    ("figure", "marks", "raw", "struck"),
    [
        ("<span class=cut>77</span>5", "", "5", "77"),
        ("<p style='text-decoration:line-through'>77</p><p>5</p>", "", "5", "77"),
        ("77", " class=cut", None, "77"),
        ("<b>77</b> việc", " style='text-decoration: line-through red'", None, "77 việc"),
        ("5<i class=mark>1</i>", "", "5¹", None),
        ("5", " style='vertical-align:super'", "5", None),
        ("<sub>4.340</sub>", "", "4.340", None),
    ],
)
def test_what_a_style_strikes_or_raises(
    figure: str, marks: str, raw: str | None, struck: str | None, tmp_path: Path
) -> None:
    outcome = loaded(tmp_path / "report.html", figure, marks)
    assert outcome.report is not None
    assert outcome.report.observations[0].raw_value == raw
    said = [(one.rule, one.compared["printed"]) for one in outcome.report.remarks]
    assert said == ([("struck_out", struck)] if struck else [])
