"""The pages of the desk: fetch what the person may see, read the form, call one service, answer."""
