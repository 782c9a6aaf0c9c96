"""Raised by any change that can move a result, so that a published ranking names the arithmetic it came from."""

ENGINE_VERSION = "1.1"
