"""Between this graph and others: whose names are alike, and what that is evidence of."""
