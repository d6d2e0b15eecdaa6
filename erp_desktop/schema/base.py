"""The one metadata object and the column types that money, prices and quantities share."""

from __future__ import annotations

from sqlalchemy import MetaData, Numeric

metadata = MetaData()

AMOUNT = Numeric(14, 2)
PRICE = Numeric(14, 4)
QUANTITY = Numeric(14, 3)
RATE = Numeric(5, 4)
