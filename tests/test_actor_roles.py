"""Every sector of PLOVER 2.0 has its words: offices, people, institutions, in both numbers."""

from __future__ import annotations

import pytest

from dragoman.actors import Knowledge

WORDS = {
    "COP": "police officer; gendarmes; riot police; detectives; FBI agents; border patrol;"
    " bodyguards; prison guards; immigration officers; policewomen; sheriffs",
    "GOV": "prime ministers; cabinet; ministries; crown princes; deputy ministers; spokeswoman;"
    " authorities; junta; heads of state; executive branch; election authority; customs"
    " officers; governors-general; mayors; health ministries",
    "JUD": "judges; courts; prosecutors; supreme court; jurors; tribunals; magistrates; judiciary;"
    " investigating judges; grand juries; attorney general's office",
    "LEG": "parliaments; lawmakers; MPs; deputies; senators; legislature; assemblies; upper house;"
    " majority leader; city councilors; members of parliament",
    "MIL": "soldiers; troops; armies; navy; tanks; warplanes; warships; generals; battalions;"
    " missiles; peacekeepers; airmen; border guards; sappers; naval drones; chiefs of staff",
    "PRM": "militiamen; paramilitaries; vigilantes; death squads; mercenaries; private armies;"
    " pro-government militias",
    "PTY": "parties; politicians; communists; presidential candidates; party leaders; youth wings;"
    " running mates",
    "REB": "rebels; guerrillas; insurgents; separatists; terrorists; rebel groups; militants;"
    " hijackers; suicide bombers; jihadists; mutineers; coup plotters; foreign fighters",
    "SPY": "spies; intelligence services; intelligence officers; informants; spymasters; secret"
    " agents; undercover agents",
    "UAF": "gunmen; unknown gunmen; armed men; attackers; assailants; masked men; armed groups;"
    " assassins",
    "UNK": "someone; unknown persons; unidentified people; sources; unidentified bodies; anonymous"
    " callers",
    "AGR": "farmers; peasants; herders; fishermen; ranchers; growers; herdsmen; sharecroppers;"
    " pastoralists; beekeepers; farmers' unions; fruit pickers",
    "BUS": "companies; banks; traders; businessmen; shopkeepers; airlines; refineries; investors;"
    " firms; stock exchanges; businesswomen",
    "CRM": "criminals; gangs; drug traffickers; smugglers; pirates; cartels; mafia; thieves;"
    " murderers; hackers; bandits; drug lords",
    "CVL": "civilians; protesters; demonstrators; residents; villagers; activists; women;"
    " children; people; crowds; rioters; hostages; passengers; passers-by; tribal elders",
    "EDU": "students; teachers; professors; schools; universities; pupils; academics; lecturers;"
    " headteachers; student councils; kindergartens",
    "ELI": "former president; ex-ministers; former officials; ousted leader; deposed king; retired"
    " generals; former lawmakers; ex-spies; president's family",
    "JRN": "journalists; reporters; newspapers; media; television; editors; bloggers; news"
    " agencies; websites; cameramen; state broadcasters",
    "LAB": "workers; trade unions; strikers; miners; dockers; employees; truck drivers;"
    " railwaymen; nurses' unions; domestic workers; air traffic controllers",
    "MED": "doctors; nurses; hospitals; medics; ambulances; health workers; clinics; midwives;"
    " pharmacists; rescuers; rescue teams",
    "REF": "refugees; asylum seekers; displaced people; migrants; internally displaced persons;"
    " evacuees; returnees; refugee camps",
    "OPP": "opposition; dissidents; opposition leaders; opposition lawmakers; political prisoners;"
    " shadow ministers; government critics; exiles",
    "REL": "priests; bishops; imams; clerics; monks; churches; mosques; rabbis; popes; nuns;"
    " synagogues; ayatollahs; worshippers; cathedrals",
    "SOC": "charities; NGOs; aid workers; human rights groups; aid agencies; civil society;"
    " women's groups; election observers; bar associations; nonprofits",
}
PARTIES = {
    "ruling parties": ("PTY", "GOV"),
    "coalition partners": ("PTY", "GOV"),
    "opposition parties": ("PTY", "OPP"),
}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge.load()


def test_every_sector_but_pre_is_looked_at(known: Knowledge) -> None:
    assert set(WORDS) == set(known.sectors) - {"PRE"}  # PRE comes with a name, never with a role


@pytest.mark.parametrize("sector", WORDS)
def test_words_of_a_sector(known: Knowledge, sector: str) -> None:
    found = {word: known.role(word) for word in WORDS[sector].split("; ")}
    wrong = {w: r and r.sector for w, r in found.items() if r is None or r.sector[:1] != (sector,)}
    assert not wrong


@pytest.mark.parametrize(("word", "sectors"), PARTIES.items())
def test_parties_have_a_second_sector(
    known: Knowledge, word: str, sectors: tuple[str, str]
) -> None:
    role = known.role(word)
    assert role is not None
    assert role.sector == sectors


@pytest.mark.parametrize(
    ("name", "code", "sectors"),
    [
        ("Abkhazia", "GEO", ("PRE",)),
        ("Transnistria", "MDA", ("PRE",)),
        ("Somaliland", "SOM", ("PRE",)),
        ("Western Sahara", "MAR", ("PRE",)),
        ("Ersin Tatar", "CYP", ("GOV", "PRE")),
        ("Leonid Pasechnik", "UKR", ("REB", "PRE")),
    ],
)
def test_partly_recognised_entities(
    known: Knowledge, name: str, code: str, sectors: tuple[str, ...]
) -> None:
    entry = known.lookup(name, "2022-03-01")[0]
    assert (entry.code, entry.sector) == (code, sectors)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("GRL", "DNK"),
        ("PRI", "USA"),
        ("GIB", "GBR"),
        ("NCL", "FRA"),
        ("ABW", "NLD"),
        ("MAC", "CHN"),
        ("ALA", "FIN"),
        ("ESH", "MAR"),
    ],
)
def test_dependencies_are_their_state(known: Knowledge, code: str, state: str) -> None:
    assert known.state_of(code) == state
