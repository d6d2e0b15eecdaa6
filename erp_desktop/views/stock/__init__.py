"""The screens of the warehouse: stock, what is ready to ship, delivery notes, goods receipts, moves."""
