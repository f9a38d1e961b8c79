"""How fast reports are read and published, measured on files made for it; no part of the product."""
