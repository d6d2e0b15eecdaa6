"""Widgets, tokens and helpers that every page shares."""
