"""The screens of finance."""
