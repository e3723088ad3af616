"""The data floor: one canonical form for files, sources to dataset, what follows, the release file, exports."""
