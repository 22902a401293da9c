"""What tests share: crawls that are killed or have their own clock, archives, ledgers, servers."""
