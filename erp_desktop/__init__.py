"""Tenon: a desktop ERP for makers of furniture, with PostgreSQL as its application server."""

from __future__ import annotations

__version__ = "0.1.0"
