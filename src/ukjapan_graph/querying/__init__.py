"""The questions' floor: SPARQL tokens, saved queries as files, safe binding, their rules."""
