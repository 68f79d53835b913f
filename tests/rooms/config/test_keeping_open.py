"""Who hangs up first on a quiet connection: always the one who would otherwise send into it."""

from __future__ import annotations

import re
from pathlib import Path

from companionway.config.cli import KEEP_ALIVE_SECONDS

NGINX = Path(__file__).resolve().parents[3] / "deploy" / "nginx.conf"


def test_nginx_drops_a_quiet_connection_before_the_process_does() -> None:
    told = NGINX.read_text()
    upstreams = re.findall(r"^upstream .*?^}", told, re.DOTALL | re.MULTILINE)
    waits = [re.findall(r"^\s*keepalive_timeout (\d+)s;", each, re.MULTILINE) for each in upstreams]
    assert len(waits) == 2
    for wait in waits:
        assert len(wait) == 1
        assert int(wait[0]) + 10 <= KEEP_ALIVE_SECONDS
