"""Screens of the reports department."""
