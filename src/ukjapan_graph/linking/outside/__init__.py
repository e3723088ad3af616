"""What the documents say, set against outside facts: the audit."""
