"""Made-up news: Chinese and Tibetan prose from grammars, the words of which are in the TOML files beside."""
