"""The outlet on loopback, with the complete truth of every record that it plants.

By hand, ``python -m replica --port 8000 --articles 400`` (``--help`` names the other options); in a test,

    with Replica(articles=60, seed=3, sections=20) as replica:
        crawl(site=replica.url)             # one base URL stands for all hosts of the outlet
        replica.records()                   # {canonical address: complete record}
        replica.publish(7)                  # news; also change(id), remove(id, 410), pin(id), shuffle(section), …
        replica.fault("/cn/politics/*", "status", status=503, retry_after=9, times=2)
        replica.requests()                  # what was asked for, with validators and answers

Where to look: sections.py and catalogue.py say what is where, story.py what an article says, layouts/ how its page
looks, planted.py what its record is, arrangement.py and listings.py where it is listed, links.py how links are
spelled, mirrors.py what becomes of copies, reprints.py which texts tell one story, faults.py what may go wrong,
outlet.py what is answered to a path, server.py how that reaches a socket.
"""

from replica.client import Replica

__all__ = ["Replica"]
