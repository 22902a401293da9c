"""What ``tibetnews <command>`` does in this project: arguments and printing only."""
