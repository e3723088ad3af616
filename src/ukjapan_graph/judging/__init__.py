"""The judges: shapes, check queries, terms, evidence; findings with file and line."""
