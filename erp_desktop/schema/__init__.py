"""Tables and views of the server as SQLAlchemy metadata, a module per schema; a test compares them with the server."""
