"""HTTP on the wire: httptools, which costs half of what the usual parser does, with the bound that it lacks."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 65_536  # bytes of a request line and its headers; browsers send one or two thousand


class Wire(HttpToolsProtocol):
    """One connection. A head that does not end is not waited for: who sends it fills our memory."""

    _head = 0  # bytes that came while the head was open
    _is_open = True

    def data_received(self, data: bytes) -> None:
        self._head += len(data)
        super().data_received(data)
        if self._is_open and self._head > LONGEST_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        self._is_open = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._is_open, self._head = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_open, self._head = True, 0
        super().on_message_complete()


__all__ = ["LONGEST_HEAD", "Wire"]
