"""`python -m scoring.engine`: score, validate, explain and export, from files alone."""

import sys

from .commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
