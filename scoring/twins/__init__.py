"""Twin evidence: the same file, text or document number with several units, and documents dated outside the year."""
