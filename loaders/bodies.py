"""Who writes beside a committee: bodies of their own, party committees, and offices that write a committee's report.

A department for one field reports on itself. That of home affairs, and an office, report on the whole unit or on
themselves: the title says which, and where it does not, that is remarked.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from loaders.annexes import annex_title
from loaders.mentions import Mention, lines_of, mentions_in
from loaders.periods import title_of
from loaders.senders import LETTERHEAD_LINES
from warehouse.model import Level, Remark
from warehouse.text import tidy, words

UNSAID = "sent_by_office"
_OFFICE = re.compile(r"^(?:(?:phòng|sở|chi cục|thanh tra)\s+\w|văn phòng\b)")  # no `Phòng, chống tham nhũng`
_LONGEST_OFFICE = 10  # words
# Bodies under a commune or beside it, whose own figures are not the commune's; folded.
_BODY = re.compile(
    r"^(?:truong (?:tieu hoc|th|thcs|trung hoc|mam non|mau giao|pho thong|thpt)|tram (?:y te|khuyen nong|thu y)"
    r"|trung tam (?!ngay)|cong an (?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh)"
    r"|(?:ban|bo) chi huy quan su|bchqs|hoi (?:nong dan|lien hiep|cuu chien binh|nguoi cao tuoi|chu thap do|phu nu)"
    r"|(?:ban chap hanh )?doan (?:thanh nien|tncs)|(?:uy ban |ub)(?:mat tran|mttq)|hop tac xa"
    r"|ban quan ly|ban (?:dan toc|ton giao)|cuc (?:thue|thong ke)|kho bac nha nuoc|bao hiem xa hoi"
    r"|(?:dang|tinh|thanh|huyen|quan|thi) uy$)\b"
)
# A committee of the party, with the name of its unit; it may share a letterhead with the people's committee.
_PARTY = re.compile(
    r"^(?:(?:ban chap hanh )?dang bo|ban thuong vu|dang uy|(?:tinh|thanh|huyen|quan|thi) uy)\b(?!.*\b(?:ubnd|uy ban)\b)"
)
_COMMITTEE = re.compile(r"\b(?:ubnd|uy ban nhan dan)\b")
# A department for one field; that of home affairs writes the report of its whole unit, as does its like in a commune.
# Its name follows in the same line: `PHÒNG` alone is the rest of Hải Phòng.
_DEPARTMENT = re.compile(
    r"^(?:phòng|sở|chi cục|thanh tra)(?=\s+\w)"
    r"(?!.*(?:nội vụ|\bnv\b|\bv(?:ăn )?h(?:óa|oá)?\W*(?:và\W+)?x(?:ã )?h(?:ội)?\b))"
)
_DATELINE = re.compile(r"\bngay \d{0,2} ?thang\b")
_TITLE_ENDS = re.compile(r"^(?:kinh gui|can cu|thuc hien (?!cong tac|cai cach)|theo)\b")
_ITSELF = (
    r"\b(?:cua|tai|thuoc) (?:{office}\b(?! chinh phu)|(?:so|phong|van phong|co quan)(?= (?:nam|quy|\d|nhu|ky)\b|$))"
)
_WHOLE = re.compile(
    r"\bdia ban\b|\btoan (?:tinh|huyen|thanh pho|thi xa|quan)\b"
    r"|\b(?:cua|tai) (?:tinh|huyen|thi xa|thanh pho|quan|ubnd)\b"
)
_REPORTED = re.compile(r"\bbao cao\b.*\bnhu sau\b")
_FIRST_LINES = 30


def body_that_sends(texts: list[str]) -> str | None:
    """`TRẠM Y TẾ` under `UBND XÃ …`, or `HUYỆN ỦY …`: another body than the committee; null where there is none."""
    head = list(_head(texts))
    beside = any(_COMMITTEE.search(words(line)) for line in head)
    for line in head:
        key = words(line)
        short = len(key.split()) <= _LONGEST_OFFICE and not _DATELINE.search(key)
        party = not beside and _PARTY.match(key)
        if short and (party or _BODY.match(key) or _DEPARTMENT.match(tidy(line).lower())):
            return tidy(line)
    return None


def office_of_another_level(texts: list[str], mentions: list[Mention], levels: tuple[Level, ...]) -> str | None:
    """`PHÒNG NỘI VỤ` in the letterhead of a form for another level; null where a committee of its level sends."""
    senders = (one for one in mentions if one.own and one.committee)
    if not levels or any(unit.level in levels for one in senders for unit in one.units):
        return None
    return _office(texts)


def office_on_itself(texts: list[str]) -> str | None:
    """The office in the letterhead whose title says that the report is on the office alone; null where none does."""
    office = _office(texts)
    if office is None:
        return None
    own = re.compile(_ITSELF.format(office=re.escape(words(office))))
    said = [words(line) for line in _title(texts)]
    itself = any(own.search(line[max(0, line.find("bao cao")) :]) for line in said)
    return office if itself and not any("dia ban" in line for line in said) else None


def office_remarks(texts: list[str], level: Level, day: date) -> Iterator[Remark]:
    """A remark on an office of a district or province whose report does not say that it is on the whole unit."""
    office = _office(texts)
    if office is None or level == "commune":
        return
    said = [*_title(texts), *(text for text in texts if annex_title(text))]
    if not any(_WHOLE.search(words(line)) for line in said) and not any(one.units for one in mentions_in(said, day)):
        yield Remark(UNSAID, "report", {"printed": office})


def _office(texts: list[str]) -> str | None:
    """The first line of the letterhead that is an office."""
    offices = (tidy(line) for line in _head(texts) if _OFFICE.match(tidy(line).lower()))
    return next((line for line in offices if len(line.split()) <= _LONGEST_OFFICE), None)


def _head(texts: list[str]) -> Iterator[str]:
    """The lines over the title, without those that name recipients."""
    for text, recipient in lines_of(texts[:LETTERHEAD_LINES]):
        for line in text.split("\n"):
            if words(line).startswith("bao cao"):
                return
            if not recipient:
                yield line


def _title(texts: list[str]) -> list[str]:
    """The lines of the title, and those that go on `… báo cáo … như sau`."""
    title = list(takewhile(lambda line: not _TITLE_ENDS.match(words(line)), title_of(texts)))
    return title + [line for line in texts[:_FIRST_LINES] if _REPORTED.search(words(line))]
