"""Names that are alike: from a name to the things that may be meant, here and elsewhere."""
