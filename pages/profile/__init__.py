"""Hồ sơ đơn vị: everything about one unit on one page, and on one sheet of paper."""
