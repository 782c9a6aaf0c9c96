"""Two versions of a set side by side: in words, on a page, for programs, on paper."""
