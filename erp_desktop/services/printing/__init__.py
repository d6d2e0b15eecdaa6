"""Business documents as PDF: one function per document, one layout engine, one font family.

Each function takes the frozen data of its document (`printing.data`) and a language, and returns the bytes of the file.
Nothing heavy is imported before the first document is drawn.
"""

from __future__ import annotations

from erp_desktop.services.printing.delivery_note import delivery_note
from erp_desktop.services.printing.invoice import invoice
from erp_desktop.services.printing.purchase_order import purchase_order
from erp_desktop.services.printing.sales_order import sales_order
from erp_desktop.services.printing.statement import statement
from erp_desktop.services.printing.trail_seal import trail_seal
from erp_desktop.services.printing.work_order import work_order

__all__ = ["delivery_note", "invoice", "purchase_order", "sales_order", "statement", "trail_seal", "work_order"]
