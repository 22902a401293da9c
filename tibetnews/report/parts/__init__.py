"""The page's parts, a file each: from a summary to markup."""
