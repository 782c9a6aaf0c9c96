"""Dividing the lines of an appraising agency between its appraisers: the plan, its adoption, exceptions by hand."""
