"""Business documents as PDF: one module per document, one layout engine, one font family."""
