"""CAMEO codes are as deep as frames, what an event is about, and the words of the clause allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran accused Israel of war crimes.", "1124"),
        ("Russia accused three American diplomats of espionage.", "1125"),
        ("Human Rights Watch accused Syria of corruption.", "1121"),
        ("Germany promised to send tanks to Ukraine.", "0332"),
        ("Germany will send medicine to Ukraine.", "0333"),
        ("Turkey demanded the release of two Turkish soldiers from Greece.", "1053"),
        ("Greece called for a ceasefire in Syria.", "1056"),
        ("Egypt asked Germany for loans.", "1031"),
        ("China refused to release the Canadian journalist.", "1243"),
        ("India refused to meet Pakistani officials.", "125"),
        ("Iran threatened to blockade the Saudi port of Jeddah.", "1381"),
        ("Russia threatened to impose sanctions on Poland.", "1312"),
        ("North Korea threatened to attack South Korea with nuclear weapons.", "1385"),
        ("Israeli drones attacked a Lebanese village.", "195"),
        ("American aircraft bombed a base in Libya.", "195"),
        ("France cut military aid to Mali.", "1622"),
        ("Sudan expelled three aid agencies and a UN official.", "1663"),
        ("The Turkish government banned an opposition party.", "1722"),
        ("Turkey expelled three Greek diplomats.", "166"),
    ],
)
def test_code(coder: Coder, text: str, code: str) -> None:
    assert code in {mention.cameo for mention in coder.code(text).mentions}
