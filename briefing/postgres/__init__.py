"""The storage protocols in PostgreSQL: what many desks and machines share. Needs psycopg and the extension pgvector."""
