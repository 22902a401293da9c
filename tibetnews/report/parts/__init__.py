"""The page's parts, a file each: from a digest to markup."""
