"""The table of rights: for every address and method, what each person gets. An address without a row fails."""
