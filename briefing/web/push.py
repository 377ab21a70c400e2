"""Where hubs call: to hear whether the desk asked to be told, and to say that a source has news."""

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from briefing.collect.websub import Seal, secret_for
from briefing.desk.pushing import confirmed
from briefing.store import pushes
from briefing.web.reception import Reception

MOST_BYTES = 10_000_000  # of a push; only its signature is looked at
BODY_S = 20.0
LONGEST = 1_000  # signs of a challenge
PATH_SIGNS = 32


class Push:
    """One address a source; who does not know it gets what every lost visitor gets."""

    def __init__(self, reception: Reception) -> None:
        self.reception = reception

    async def confirm(self, asked: Request) -> Response:
        """A hub asks whether we asked it."""
        path, now = str(asked.path_params["path"]), self.reception.clock()
        query = {name: text for name, text in asked.query_params.items() if len(text) <= LONGEST}
        if len(path) != PATH_SIGNS or self.reception.pages.is_full:
            return self._lost(asked)
        said = await self.reception.pages.run(lambda desk: confirmed(desk, path, query, now))
        return PlainTextResponse(said, headers={"X-Content-Type-Options": "nosniff"}) if said else self._lost(asked)

    async def take(self, asked: Request) -> Response:
        """A hub says that there is news. One that signs wrongly is answered alike and not heard."""
        path, now = str(asked.path_params["path"]), self.reception.clock()
        if len(path) != PATH_SIGNS or self.reception.pages.is_full:
            return self._lost(asked)
        if await self.reception.pages.run(lambda desk: pushes.at(desk.database, path)) is None:
            return PlainTextResponse("gone", 410)  # tells a hub to forget us
        seal = Seal(asked.headers.get("x-hub-signature", ""), secret_for(self.reception.house.key, path))
        if await _read(asked, seal) and seal.is_right:
            await self.reception.pages.run(lambda desk: pushes.note(desk.database, path, now))
        return Response(status_code=202)

    def _lost(self, asked: Request) -> Response:
        return self.reception.plain(self.reception.visit(asked), asked, 404, "no_page")


async def _read(asked: Request, seal: Seal) -> bool:
    """Whether the whole body came, within its bounds. Nothing of it is kept."""
    size = 0
    try:
        async with asyncio.timeout(BODY_S):
            async for part in asked.stream():
                size += len(part)
                if size > MOST_BYTES:
                    return False
                seal.add(part)
    except (TimeoutError, ClientDisconnect):
        return False
    return True
