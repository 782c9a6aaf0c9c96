"""The council: composition, meetings, votes."""
