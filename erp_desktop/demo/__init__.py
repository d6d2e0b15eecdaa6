"""The demo company: reading its files, loading it into a server of this computer, and the start of the demo."""

from __future__ import annotations

from erp_desktop.demo.start import run as run
