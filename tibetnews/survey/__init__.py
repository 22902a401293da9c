"""Looks at some pages of the outlet within few requests, and keeps nothing: no ledger, no exports, no lock."""
