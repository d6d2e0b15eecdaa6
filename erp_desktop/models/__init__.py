"""Item models, column specifications and background operations: QtCore only, no SQL, no message boxes."""
