"""`make bench`: how fast and how lean our losses are, next to others.

    python -m bench            everything
    python -m bench --quick    a few cases, in two minutes
    python -m bench --record   everything, kept in bench/recorded.json

The result is _build/bench.json, and as tables _build/bench.md.
"""
