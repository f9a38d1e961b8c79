"""The web pages: one folder a question, thin over `warehouse.answers`; what they share is in `kit`."""
