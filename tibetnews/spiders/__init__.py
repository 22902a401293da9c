"""Who walks where: the outlet's sections, and addresses that the user names."""
