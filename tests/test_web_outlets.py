"""Where an outlet is made is told by its name or its address, and left open where neither tells."""

from __future__ import annotations

import pytest

from dragoman.actors.knowledge import Knowledge
from dragoman.web.outlets import UNKNOWN, OutletsFile, data, outlets
from dragoman.yamlfile import read_yaml


@pytest.mark.parametrize(
    ("outlet", "host", "country", "how"),
    [
        ("IRNA", "", "IRN", "name"),
        ("BBC News - World", "", "GBR", "name"),
        ("www.nytimes.com", "", "USA", "site"),
        ("The Evening Post", "en.irna.ir", "IRN", "site"),
        ("The Evening Post", "post.example.ru", "RUS", "ending"),
        ("The Evening Post", "post.example.co.uk", "GBR", "ending"),
        ("post.example.de", "", "DEU", "ending"),
        ("The Evening Post", "post.example.io", UNKNOWN, None),  # an ending that is sold
        ("The Evening Post", "post.example.com", UNKNOWN, None),
        ("The Evening Post", "", UNKNOWN, None),
        ("Daily Star", "", UNKNOWN, None),  # papers of several countries are called so
        ("Daily Star", "dailystar.com.lb", "LBN", "site"),
        ("Xinhua", "news.example.ru", "CHN", "name"),  # whoever spreads it
        (None, "tass.com", "RUS", "site"),
        (None, "", UNKNOWN, None),
        ("<script>", "[::1]", UNKNOWN, None),
    ],
)
def test_made(outlet: str | None, host: str, country: str, how: str | None) -> None:
    assert outlets().made(outlet, host) == (country, how)


def test_data_names_countries_that_there_are_and_each_site_once() -> None:
    file, known = OutletsFile.model_validate(read_yaml(data())), Knowledge.load()
    assert {*file.sites, *file.endings.values()} <= set(known.states)
    sites = [site.strip() for many in file.sites.values() for site in many.split(";")]
    assert len(sites) == len(set(sites))
    assert all("." in site and site == site.lower() for site in sites)


def test_shared_names_are_names_that_are_known() -> None:
    file, known = OutletsFile.model_validate(read_yaml(data())), Knowledge.load()
    assert [name for name in file.shared.split(";") if not known.lookup(name.strip())] == []
