"""What the outlet looks like: its sections, addresses, listings and articles. No Scrapy, no clock, no network."""
