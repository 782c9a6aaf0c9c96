"""Reference answers with agreed marks, and whether somebody's marks drift from them or from the colleagues' marks."""
