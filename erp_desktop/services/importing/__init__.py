"""Files of orders: read as tables, mapped to fields, checked by the server without writing, committed as one batch."""
