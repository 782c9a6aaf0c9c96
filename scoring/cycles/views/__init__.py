"""The secretary's calendar on screen."""
