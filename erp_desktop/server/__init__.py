"""The server's side: install, upgrade, status, checks, and the embedded server."""
