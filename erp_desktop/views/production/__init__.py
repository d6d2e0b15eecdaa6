"""The screens of production: work orders and the shop floor."""

from __future__ import annotations
