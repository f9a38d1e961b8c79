"""What the product is measured beside: other ways to keep the same facts and to answer the same questions."""
