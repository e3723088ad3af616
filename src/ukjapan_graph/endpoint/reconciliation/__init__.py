"""The Reconciliation Service API 0.2 over HTTP."""
