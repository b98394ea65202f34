"""Every format is read back as readers of the original read it, without a warning.

gdeltPyR is installed and its own parse function is used. rpolecat, icews and phoxy are R
packages: what they hand to R's readers (names, types, missing marks, quotation marks, comments)
is declared here, and the file is read by it with nothing forgiven.
"""

from __future__ import annotations

import csv
import io
import zipfile
from importlib.metadata import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_args

import duckdb
import msgspec
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from record_files import (
    ADEN,
    IRAN,
    MINISTER,
    NATIONS,
    REPORTS,
    SOMEBODY,
    event,
    mention,
    report,
    write_record,
)

from dragoman.export.load import layout
from dragoman.export.run import Job, export
from dragoman.export.world import World
from dragoman.export.writers import Name
from dragoman.record import Cameo, Entity, Event, Location, Size, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.filterwarnings("error")

NAMES: tuple[Name, ...] = get_args(Name)
TABS = [name for name in NAMES if name not in {"plover", "csv", "parquet"}]
QUITO = Location(
    extracted_place="Quito",
    resolved_place="Quito",
    geonameid=3652462,
    lat=-0.22985,
    lon=-78.52495,
    city="Quito",
    province="Pichincha",
    country="Ecuador",
    country_code="ECU",
    resolution=4,
)
TEXAS = Location(
    extracted_place="Texas",
    resolved_place="Texas",
    lat=31.25,
    lon=-99.25,
    province="Texas",
    country="United States",
    country_code="USA",
    resolution=2,
)
LAND = Location(extracted_place="Ecuador", country="Ecuador", country_code="ECU", resolution=1)
EVENTS = (
    event("00000000000000aa"),
    event(
        "00000000000000bb",
        event=("CONSULT",),
        mode=("visit",),
        actor=(IRAN, MINISTER, NATIONS),
        recipient=(),
        quad_code=1,
        event_scale=4.0,
        cameo=None,
        event_loc=QUITO,
    ),
    event("00000000000000cc", actor=(SOMEBODY,), recipient=(IRAN, MINISTER), event_loc=TEXAS),
    event("00000000000000dd", actor=(), recipient=(), event_loc=None, mode=(), context=()),
    event("00000000000000ee", cameo=Cameo(code="03", goldstein=4.0), event_loc=LAND),
    event(
        "00000000000000ff",
        date="2024-12-31",
        mentions=(mention("r9", 2, confidence=0.99), mention("r9", 3)),
        size=Size(),
    ),
)
FUTURE = event("0000000000000100", aux=("future",))
UNDATED = event("0000000000000101", date=None)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return one export in each format of a record with every kind of event."""
    folder = tmp_path_factory.mktemp("exports")
    reports = (*REPORTS, report("r9", outlet=None, url=None, published=None))
    record = write_record(folder / "r.duckdb", [*EVENTS, FUTURE, UNDATED], reports)
    paths, world = {}, World.load()
    for name in NAMES:
        paths[name] = folder / f"out.{name}"
        export(Job(record=record, out=paths[name], name=name), world=world)
    return paths


def table(path: Path, name: str, types: dict[str, pa.DataType], null: str = "") -> pa.Table:
    """Return a file as Arrow reads it by declared types, quotation marks being characters."""
    form = layout(name)
    names = [column.name for column in form.columns]
    return pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(column_names=None if form.header else names),
        parse_options=pyarrow.csv.ParseOptions(delimiter="\t", quote_char=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={n: types.get(n, pa.string()) for n in names},
            null_values=[null],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def numbers(path: Path) -> list[str]:
    """Return the first cells of a file of tabs."""
    return [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()]


# -- GDELT ---------------------------------------------------------------------------


def gdeltpyr() -> Any:
    """Return gdeltPyR's module that reads files; the package itself fetches tables on import."""
    path = shipped("parallel.py")
    spec = spec_from_file_location("gdelt_parallel", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shipped(name: str) -> Path:
    """Return one of the files gdeltPyR installs."""
    (found,) = (f for f in files("gdelt") or () if f.name == name)
    return Path(str(found.locate()))


def as_gdeltpyr(path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """Return a file as gdeltPyR reads what it has downloaded."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "20240304000000.export.CSV")
    answer = SimpleNamespace(status_code=200, content=packed.getvalue(), url="")
    reader = gdeltpyr()
    monkeypatch.setattr(reader.requests, "get", lambda *_, **__: answer)
    frame = reader._mp_worker("http://x/20240304000000", table=kind)  # noqa: SLF001
    assert isinstance(frame, pd.DataFrame)
    return frame


def gdelt_schema(kind: str) -> list[tuple[str, str]]:
    """Return the column names and types that gdeltPyR ships."""
    with shipped(f"{kind}.csv").open(encoding="utf-8") as lines:
        return [(row["name"], row["type"]) for row in csv.DictReader(lines)]


def test_gdelt_events_as_gdeltpyr_reads_them(
    written: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = as_gdeltpyr(written["gdelt"], "events", monkeypatch)
    wanted = gdelt_schema("events2")
    assert [column.name for column in layout("gdelt").columns] == [name for name, _ in wanted]
    assert frame.shape == (1 + 6 + 2 + 1 + 1 + 1, 61)  # pairs of each event
    for place, (name, kind) in enumerate(wanted):
        column = frame[place].dropna()
        if kind == "INTEGER":
            assert (column == column.astype("int64")).all(), name
        if kind == "FLOAT":
            assert pd.api.types.is_numeric_dtype(column) or column.empty, name
    frame.columns = pd.Index([name for name, _ in wanted])
    assert frame["GLOBALEVENTID"].is_unique
    assert frame["GLOBALEVENTID"].between(1, 2**31 - 1).all()
    assert set(frame["EventCode"]) == {"195", "042", "030"}
    assert set(frame["EventRootCode"]) == {"19", "04", "03"}
    first = frame.iloc[0]
    assert (first["Actor1Code"], first["Actor2Code"]) == ("IRNGOVMIL", "YEMREB")
    assert (first["ActionGeo_Type"], first["ActionGeo_CountryCode"]) == (4, "YM")
    assert first["ActionGeo_FullName"] == "Aden, Yemen"
    assert first["FractionDate"] == pytest.approx(2024 + 64 / 365, abs=1e-4)
    assert first["DATEADDED"] == 20240305000000


def test_gdelt_places_are_fips_and_typed(
    written: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = as_gdeltpyr(written["gdelt"], "events", monkeypatch)
    frame.columns = pd.Index([name for name, _ in gdelt_schema("events2")])
    parts = ["ActionGeo_Type", "ActionGeo_CountryCode", "ActionGeo_ADM1Code"]
    found = {tuple(row) for row in frame[parts].fillna("").to_numpy().tolist()}
    # Aden is a city, Quito one west of Greenwich, Texas a state of the USA, Ecuador a country.
    assert found == {(4, "YM", "YM02"), (4, "EC", "EC18"), (2, "US", "USTX"), (1, "EC", "EC")} | {
        (0, "", "")
    }
    assert frame["ActionGeo_Long"].min() == -99.25


def test_gdelt_mentions_as_gdeltpyr_reads_them(
    written: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = as_gdeltpyr(written["gdelt-mentions"], "mentions", monkeypatch)
    names = [column.name for column in layout("gdelt-mentions").columns]
    assert [name.lower() for name in names] == [n.lower() for n, _ in gdelt_schema("mentions")]
    frame.columns = pd.Index(names)
    assert frame.shape == (12 * 2, 16)  # two sentences for each row of the event table
    assert not frame.duplicated(["GLOBALEVENTID", "MentionIdentifier", "SentenceID"]).any()
    assert set(frame["GLOBALEVENTID"].astype(str)) == set(numbers(written["gdelt"]))
    assert set(frame["Confidence"]) == {60, 100}
    assert set(frame["MentionType"]) == {1, 2}
    assert frame["Actor1CharOffset"].isin([0, -1]).all()
    assert set(frame["ActionCharOffset"]) == {5}


# -- the R packages' readers, by what they declare ---------------------------------------


def test_icews_as_the_r_package_reads_it(written: dict[str, Path]) -> None:
    # icews::read_events_tsv: integers of 32 bits, a date, doubles, texts; quote = "".
    whole = ("Event ID", "Story ID", "Sentence Number")
    types = dict.fromkeys(whole, pa.int32()) | {"Event Date": pa.date32()}
    types |= dict.fromkeys(("Intensity", "Latitude", "Longitude"), pa.float64())
    read = table(written["icews"], "icews", types)
    rows = read.to_pylist()
    keys = {(row["Event ID"], row["Event Date"]) for row in rows}
    assert len(keys) == len(rows) == 12
    assert rows[0]["Source Name"] == "Iran"
    assert rows[0]["Source Sectors"] == "Government,Military"
    assert rows[0]["Target Name"] == "Rebel (Yemen)"
    assert (rows[0]["Event Text"], rows[0]["CAMEO Code"]) == ("Employ aerial weapons", "195")
    assert (rows[1]["Event Text"], rows[1]["CAMEO Code"]) == ("Make a visit", "042")
    assert {row["Target Country"] for row in rows[1:7]} == {"Iran", "Russian Federation", None}
    assert rows[1]["Latitude"] == -0.22985


@pytest.mark.parametrize("dates", [pa.int32(), pa.string()])
def test_phoenix_as_phoxy_reads_it(written: dict[str, Path], dates: pa.DataType) -> None:
    # phoxy::ingest_phoenix: five integers of 32 bits, texts and factors, three doubles, texts.
    whole = ("Date", "Year", "Month", "Day", "QuadClass")
    types = dict.fromkeys(whole, pa.int32()) | {"EventID": pa.int32(), "Date": dates}
    types |= dict.fromkeys(("GoldsteinScore", "Lat", "Lon"), pa.float64())
    rows = table(written["phoenix"], "phoenix", types).to_pylist()
    assert len({row["EventID"] for row in rows}) == len(rows) == 12
    parts = ("SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute")
    assert [rows[0][part] for part in parts] == ["IRNGOVMIL", "IRN", "GOV", "MIL"]
    assert rows[0]["Issues"] == "MILITARY,1;TERRORISM,1"
    assert (rows[0]["EventCode"], rows[1]["EventCode"]) == ("195", "042")
    assert rows[0]["NewsSources"] == "Herald;Gazette"
    assert str(rows[0]["Date"]) == "20240304"


def test_polecat_as_rpolecat_reads_it(written: dict[str, Path]) -> None:
    # rpolecat: read.table(sep = "\t", quote = "\"", fill = TRUE), which also takes # as a comment.
    text = written["polecat"].read_text("utf-8")
    assert "#" not in text
    assert '"' not in text
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t", strict=True))
    assert len(rows) == len({row["Event ID"] for row in rows}) == 6
    assert all("" not in row.values() and None not in row for row in rows)
    assert rows[0]["Quad Code"] == "MATERIAL CONFLICT"
    assert rows[1]["Actor Name"] == "Iran; Ivan Petrov; United Nations"
    assert rows[1]["Actor COW"].split("; ") == ["630", "365", "None"]
    assert rows[1]["Recipient Country"] == "None"
    assert rows[3]["Latitude"] == "None"


@pytest.mark.parametrize("name", [*TABS, "csv"])
def test_pandas_and_duckdb_read_declared_types_strictly(
    written: dict[str, Path], name: str
) -> None:
    form, path = layout(name), written[name]
    comma = "," if name == "csv" else "\t"
    names = [column.name for column in form.columns]
    kinds = {"integer": "Int64", "number": "Float64"}
    frame = pd.read_csv(
        path,
        sep=comma,
        header=0 if form.header else None,
        names=None if form.header else names,
        dtype={c.name: kinds.get(c.type, "string") for c in form.columns},
        keep_default_na=False,
        na_values=[form.missing],
        on_bad_lines="error",
    )
    sql = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}
    columns = {c.name: sql.get(c.type, "VARCHAR") for c in form.columns}
    read = duckdb.read_csv(
        str(path),
        sep=comma,
        header=form.header,
        columns=columns,
        strict_mode=True,
        null_padding=False,
        ignore_errors=False,
        na_values=form.missing,
    ).fetchall()
    assert list(frame.columns) == names
    assert len(frame) == len(read) > 5


# -- the program's own formats -----------------------------------------------------------


def test_plover_lines_are_the_records_own_bytes(written: dict[str, Path]) -> None:
    lines = written["plover"].read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Event).id for line in lines][-1] == UNDATED.id
    ordered = sorted((*EVENTS, FUTURE), key=lambda e: (e.date or "", e.id))
    whole = [*ordered, UNDATED]
    assert lines == [to_json(each) for each in whole]


def test_csv_is_rfc_4180_and_holds_ranges(written: dict[str, Path]) -> None:
    raw = written["csv"].read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") == 9
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))
    assert (rows[0]["dead_low"], rows[0]["dead_high"]) == ("3", "5")
    assert (rows[0]["injured_low"], rows[0]["injured_high"]) == ("7", "7")
    assert rows[0]["said_by"] == "United Nations"
    assert rows[1]["actor_cow"] == "630;365;"
    assert rows[1]["cameo"] == ""
    assert [row["aux"] for row in rows if row["aux"]] == ["future"]
    assert rows[-1]["date"] == ""


def test_parquet_keeps_types_and_lists(written: dict[str, Path]) -> None:
    read = pq.read_table(written["parquet"])
    assert read.schema.field("date").type == pa.date32()
    assert read.schema.field("actor").type.value_type.field("sector").type == pa.list_(pa.string())
    assert all(field.metadata[b"description"] for field in read.schema)
    row = read.to_pylist()[0]
    assert row["size"]["dead"] == {"low": 3, "high": 5}
    assert row["mentions"][0]["evidence"]["trigger"][0]["text"] == "attacked"
    assert [each["id"] for each in row["reports"]] == ["r2", "r1"]
    query = f"SELECT sum(size.dead.low) FROM '{written['parquet']}' WHERE 'ASSAULT' IN event"  # noqa: S608
    assert duckdb.sql(query).fetchall() == [(3 * 6,)]


def test_columns_are_those_of_the_originals() -> None:
    counts = {name: len(layout(name).columns) for name in TABS}
    assert counts == {
        "polecat": 40,
        "icews": 20,
        "gdelt": 61,
        "gdelt-mentions": 16,
        "phoenix": 26,
    }
    headed = {name for name in TABS if layout(name).header}
    assert headed == {"polecat", "icews"}


def test_lists_of_ids_lead_back_to_the_events(written: dict[str, Path]) -> None:
    path = written["gdelt"]
    lines = path.with_name(f"{path.name}.ids.csv").read_text("utf-8").split()
    listed = list(csv.DictReader(lines))
    assert [row["number"] for row in listed] == numbers(path)
    assert {row["event"] for row in listed} == {each.id for each in EVENTS}
    assert numbers(path) == numbers(written["phoenix"]) == numbers(written["icews"])[1:]


def _all_names(entities: Sequence[Entity]) -> list[Any]:
    """Return what entities are called."""
    return [entity.identifier_text or entity.entity_text for entity in entities]


def test_parties_come_back_in_step(written: dict[str, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(written["csv"].read_text("utf-8"), newline="")))
    by_id = {row["id"]: row for row in rows}
    for each in EVENTS:
        row = by_id[each.id]
        assert [name for name in row["actor"].split(";") if name] == _all_names(each.actor)
        codes = [e.code or "" for e in each.recipient]
        assert row["recipient_code"].split(";") == (codes or [""])
    assert ADEN.city == by_id[EVENTS[0].id]["place_city"]
