"""The demo company: reading its files and loading it into a freshly installed server."""
