"""What stands above the annex of a small report: the lines that say whose it is, for when, and which annex follows."""

OPENING = (
    "BÁO CÁO",
    "Công tác cải cách hành chính 6 tháng đầu năm 2024",
    "UBND xã Hoằng Hợp, huyện Hoằng Hóa, tỉnh Thanh Hóa",
    "Phụ lục 1",
)
