"""What goes on beside a crawl: settings that follow from others, progress, the verdict on a run."""
