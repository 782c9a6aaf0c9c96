"""Appraisal minutes (biên bản thẩm định) as a Word paper whose figures stay tied to the records, and their check."""
