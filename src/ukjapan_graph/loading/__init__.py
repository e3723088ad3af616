"""Into triple stores, and the proof that the release is there: compare, send what differs, compare again."""
