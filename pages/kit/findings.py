"""A finding as a line of Markdown: how grave, whose report, which tier's figures, where, and what contradicts what."""

from typing import Any

from pages.kit.words import Words, plain


def tier(words: Words, row: dict[str, Any]) -> str:
    """`số liệu cấp xã`; nothing where a finding is about no figures of one tier."""
    return words("finding.tier", level=words(f"level.{row['level']}").lower()) if row["level"] else ""


def finding_line(words: Words, row: dict[str, Any], unit: str = "") -> str:
    """A list item for a row of `answers.findings_of` or `source_findings`; `unit` is named where it is not plain."""
    where = plain(words.place(row["place"]))
    about = " · ".join(part for part in (plain(unit), tier(words, row), where) if part)
    return f"- **{words('severity.' + row['severity'])}** · {about}: {plain(words.named(row, 'message'))}"
