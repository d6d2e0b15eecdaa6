"""The screens of purchasing: requests and purchase orders."""

from __future__ import annotations
