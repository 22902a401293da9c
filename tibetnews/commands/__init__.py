"""What ``tibetnews <command>`` does in this project: arguments and printing only.

Scrapy loads all commands to find one, so what one command alone needs is imported where it does its work.
"""
