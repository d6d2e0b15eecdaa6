"""Windows, pages and dialogs: one package per department, and what they share."""
