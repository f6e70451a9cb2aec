"""Messages between processes: frames of eight bytes of length, big-endian, and the content."""

import socket
import struct

LENGTH = struct.Struct("!Q")
CHUNK = 1 << 20
_SMALL = 1 << 16


def send_frame(channel: socket.socket, data: bytes) -> None:
    """Write one frame; a small one at once, so that who reads it wakes up once."""
    length = LENGTH.pack(len(data))
    if len(data) <= _SMALL:
        channel.sendall(length + data)
    else:
        channel.sendall(length)
        channel.sendall(data)


def receive_frame(channel: socket.socket) -> bytearray:
    """Read one frame; `EOFError` when the other side is gone."""
    (length,) = LENGTH.unpack(exactly(channel, LENGTH.size))
    return exactly(channel, length)


def exactly(channel: socket.socket, size: int) -> bytearray:
    """So many bytes; `EOFError` when the other side is gone."""
    data = bytearray(size)
    view, done = memoryview(data), 0
    while done < size:
        count = channel.recv_into(view[done : done + CHUNK])
        if not count:
            raise EOFError
        done += count
    return data
