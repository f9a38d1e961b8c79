"""What the terminal's commands are called, what each is for, and its own options."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pages.kit.terminal import file_of, whole_number
from pages.quality.feedback import WRITERS
from warehouse.exports.options import EXPORT_OPTIONS, period_asked

Options = tuple[tuple[str, dict[str, Any]], ...]

COMMANDS: Mapping[str, tuple[str, Options]] = {
    "serve": (
        "mở bảng điều khiển trong trình duyệt",
        (
            ("--port", {"type": whole_number, "default": 8501, "metavar": "CỔNG", "help": "cổng, mặc định 8501"}),
            (
                "--address",
                {"default": "127.0.0.1", "metavar": "ĐỊA CHỈ", "help": "địa chỉ của máy này, mặc định 127.0.0.1"},
            ),
            (
                "--workers",
                {
                    "type": whole_number,
                    "default": 1,
                    "metavar": "SỐ",
                    "help": "số tiến trình phục vụ; trên 1 thì cần Caddy",
                },
            ),
        ),
    ),
    "load": (
        "đọc các tệp báo cáo và công bố thành một phiên bản mới",
        (
            (
                "files",
                {
                    "nargs": "+",
                    "type": Path,
                    "metavar": "TỆP",
                    "help": "tệp báo cáo, hoặc thư mục (nạp mọi tệp ở trong, kể cả thư mục con); nhận nhiều",
                },
            ),
            ("--unit", {"metavar": "MÃ", "help": "mã đơn vị, khi văn bản không nói rõ"}),
            ("--period", {"type": period_asked, "metavar": "KỲ", "help": "kỳ báo cáo, ví dụ 2024-6M"}),
            ("--dry-run", {"action": "store_true", "help": "chỉ đọc và báo kết quả, không lưu gì"}),
            ("--json", {"action": "store_true", "help": "in kết quả dạng JSON"}),
        ),
    ),
    "check": (
        "liệt kê những chỗ số liệu tự mâu thuẫn",
        (
            ("report", {"nargs": "?", "metavar": "BÁO CÁO", "help": "một tệp báo cáo, hoặc mã báo cáo đã nạp"}),
            (
                "--feedback",
                {
                    "type": file_of([kind[1:] for kind in WRITERS]),
                    "metavar": "TỆP",
                    "help": "ghi phiếu rà soát (.docx hoặc .md)",
                },
            ),
            ("--simulated", {"action": "store_true", "help": "kể cả báo cáo mô phỏng"}),
        ),
    ),
    "export": (
        "xuất dòng in trong báo cáo, số liệu hoặc tỷ lệ ra tệp (csv, parquet, sdmx.csv, xlsx)",
        EXPORT_OPTIONS,
    ),
    "form": (
        "soạn một biểu mẫu mới từ một báo cáo theo biểu mẫu đó",
        (
            ("action", {"choices": ("draft",), "metavar": "draft", "help": "soạn biểu mẫu"}),
            ("file", {"type": Path, "metavar": "TỆP", "help": "tệp báo cáo theo biểu mẫu mới"}),
            (
                "--into",
                {"type": Path, "metavar": "THƯ MỤC", "help": "thư mục chứa các biểu mẫu"},
            ),
            ("--name", {"metavar": "TÊN", "help": "tên biểu mẫu, mặc định lấy từ tên tệp"}),
        ),
    ),
    "demo": (
        "dựng một tỉnh mô phỏng để xem thử, hoặc cả nước (khoảng 50 triệu số liệu, vài phút)",
        (
            (
                "--scale",
                {
                    "choices": ("province", "national"),
                    "default": "province",
                    "metavar": "province|national",
                    "help": "province (mặc định): một tỉnh; national: cả nước",
                },
            ),
        ),
    ),
    "status": ("cho biết kho dữ liệu có gì", (("--json", {"action": "store_true", "help": "in kết quả dạng JSON"}),)),
    "rebuild": ("dựng lại kho dữ liệu từ các tệp gốc đã lưu", ()),
    "rollback": (
        "trở về một phiên bản trước",
        (
            (
                "version",
                {"nargs": "?", "type": whole_number, "metavar": "SỐ", "help": "mặc định là phiên bản liền trước"},
            ),
        ),
    ),
}
