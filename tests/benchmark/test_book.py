"""What a page weighs."""

import gzip

from bench.book import weights


def test_a_page_weighs_what_it_names(tmp_path):
    page = tmp_path / "book" / "part" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(
        '<link rel="stylesheet" href="../../s.css?v=1">'
        '<script src="../../s.js"></script>'
        '<script src="../../s.js"></script>'
        '<link rel="next" href="next.html">'
        '<img src="https://elsewhere.example/i.png">',
        encoding="utf-8",
    )
    sizes = []
    for name in ("s.css", "s.js"):
        content = name.encode() * 1000
        (tmp_path / name).write_bytes(content)
        sizes.append(len(gzip.compress(content)))
    own = len(gzip.compress(page.read_bytes()))
    assert weights(tmp_path) == {
        "part/page": {
            "html": page.stat().st_size,
            "html_gzip": own,
            "all_gzip": own + sum(sizes),
        }
    }
