"""The demo's day: one order's whole life, and what must fail, played through the real windows by the real people."""
