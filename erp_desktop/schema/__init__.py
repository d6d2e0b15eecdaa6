"""Tables and views of the server as SQLAlchemy metadata, one module per database schema; a test compares them with it."""
