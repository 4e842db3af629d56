"""The storage protocols in SQLite files: what one person keeps on one machine."""
