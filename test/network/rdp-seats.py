"""Seats as far as HAProxy sees them: each answers an X.224 connection request on its own address with a confirmation and its
name, and keeps the connection until the next one, as RDP does: who comes back takes his session over.
usage: rdp-seats.py HOSTS, a file of addresses and the seats' names in DNS, a line each"""
import asyncio
import sys

with open(sys.argv[1]) as hosts:
    NAMES = {address: host.split(".")[0] for address, host in (line.split() for line in hosts)}
CONFIRMED = bytes.fromhex("030000130ed000001234000201080000000000")
at_seat = {}


async def seat(reader, writer):
    name = NAMES[writer.get_extra_info("sockname")[0]]
    try:
        head = await reader.readexactly(4)
        await reader.readexactly(int.from_bytes(head[2:4], "big") - 4)
        if name in at_seat:
            at_seat[name].transport.abort()
        at_seat[name] = writer
        writer.write(CONFIRMED + name.encode() + b"\n")
        while await reader.read(4096):
            pass
    except (OSError, asyncio.IncompleteReadError):
        pass
    writer.close()


async def main():
    await asyncio.start_server(seat, "0.0.0.0", 3389, backlog=512)
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
