"""Theo địa bàn: from a province to its districts and communes, one click a level."""
