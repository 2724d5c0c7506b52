"""People who come and go at random, and what they find: reads commands as JSON lines, answers each with a JSON line.

{"do": "come", "name": POOL, "who": WHO} -> {"seat": NAME or null}: comes and stays
{"do": "leave", "who": WHO} -> {"cut": whether the connection had ended before}
{"do": "crowd"}, {"do": "hold"}, {"do": "back"} -> counts: see there
"""
import asyncio
import json
import random
import sys
import time

HOST, PORT = sys.argv[1], 3389
CONFIRMED = 19
stays = {}


def request(name, who):
    line = f"Cookie: msts={name}/{who}"
    line += "." * (len(line) % 2)
    body = b"\xe0\x00\x00\x00\x00\x00" + line.encode() + b"\r\n" + bytes.fromhex("0100080003000000")
    return b"\x03\x00" + (len(body) + 5).to_bytes(2, "big") + bytes([len(body)]) + body


async def come(name, who, seconds=25):
    """The seat that somebody gets, and the connection; None where he is turned away."""
    writer = None
    try:
        reader, writer = await asyncio.wait_for(asyncio.open_connection(HOST, PORT), 5)
        writer.write(request(name, who))
        await asyncio.wait_for(reader.readexactly(CONFIRMED), seconds)
        seat = (await asyncio.wait_for(reader.readline(), 5)).decode().strip()
        return seat, reader, writer
    except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
        if writer is not None:
            writer.close()
        return None, None, None


async def is_cut(reader):
    """Whether the connection has ended: nothing is ever sent on it."""
    try:
        return await asyncio.wait_for(reader.read(1), 0.05) == b""
    except asyncio.TimeoutError:
        return False
    except OSError:
        return True


async def crowd(arrivals, name, people, at_a_time, longest, kept, own=None, own_name=None, seed=1):
    """At random, `arrivals` times: somebody of `people` comes, stays up to `longest` seconds, and leaves. `kept`: seconds for
    which a seat is surely still kept after that. `own`: who has which seat of his own, by the name `own_name`.
    Counts arrivals that found a seat, that were turned away, on a wrong seat (another one than the one that was kept, or than
    their own) and on a shared one (that somebody else is at, or that is kept for him)."""
    own = own or {}
    chance = random.Random(seed)
    counts = {"arrivals": 0, "seated": 0, "away": 0, "wrong": 0, "shared": 0, "returns": 0, "cut": 0, "moved": 0}
    last, held = {}, {}
    gate = asyncio.Semaphore(at_a_time)
    busy = set()
    notes = []

    def holder(seat):
        who, left = held.get(seat, (None, None))
        return None if who is None or (left is not None and time.monotonic() - left > kept) else who

    async def once():
        floating = not own or chance.random() < 0.7
        who = chance.choice(people if floating else sorted(own))
        if (who, floating) in busy:
            return
        busy.add((who, floating))
        came = time.monotonic()
        seat, reader, writer = await come(name if floating else own_name, who)
        counts["arrivals"] += 1
        if seat is None:
            counts["away"] += 1
        else:
            counts["seated"] += 1
            before, left = last.get(who, (None, 0)) if floating else (own[who], came)
            if floating and before is not None and came - left < kept:
                counts["returns"] += 1
            if before is not None and came - left < kept and seat != before:
                counts["moved" if seat.startswith("!") else "wrong"] += 1
                notes.append([who, before, seat, round(came - left, 2)])
            if floating and holder(seat) not in (None, who):
                counts["shared"] += 1
                notes.append([who, "shared", seat, held[seat]])
            if floating:
                held[seat] = (who, None)
            await asyncio.sleep(chance.random() * longest)
            if await is_cut(reader):
                counts["cut"] += 1
            writer.close()
            if floating:
                held[seat] = (who, time.monotonic())
                last[who] = (seat, time.monotonic())
        busy.discard((who, floating))

    async def limited():
        async with gate:
            await once()

    began = time.monotonic()
    waiting = set()
    while counts["arrivals"] + len(waiting) < arrivals:
        waiting.add(asyncio.ensure_future(limited()))
        done, waiting = await asyncio.wait(waiting, timeout=0 if len(waiting) < at_a_time else None, return_when=asyncio.FIRST_COMPLETED)
        if len(waiting) < at_a_time:
            await asyncio.sleep(0)
    if waiting:
        await asyncio.wait(waiting)
    return {**counts, "seconds": round(time.monotonic() - began, 2), "notes": notes[:10]}


async def hold(name, count, at_a_time):
    """So many people come and stay, beside those that do already; how many got in, in how long, and how many share a seat."""
    held = stays.setdefault("", [])
    first = len(held)

    async def one(number):
        who = f"{name}{number}"
        seat, reader, writer = await come(name, who)
        if seat is not None:
            held.append((who, seat, reader, writer))

    seconds = await in_turn(one, [(number,) for number in range(first, first + count)], at_a_time)
    shared = len(held) - len({seat for _, seat, _, _ in held})
    return {"came": len(held) - first, "shared": shared, "seconds": seconds}


async def in_turn(work, items, at_a_time):
    """Does work for each item, at most so many at a time; in how many seconds."""
    gate = asyncio.Semaphore(at_a_time)

    async def one(item):
        async with gate:
            await work(*item)

    began = time.monotonic()
    await asyncio.gather(*(one(item) for item in items))
    return round(time.monotonic() - began, 2)


async def back(name, count, at_a_time):
    """Of those that hold came for, so many find out that they were cut off, as a client does by what it sends, and come again until
    they have a seat; how many got another one than before, and the seconds until the first one and the last one had his."""
    held = stays.get("", [])
    cut, held[:count] = held[:count], []
    began = time.monotonic()
    times, again, wrong = [], [], 0

    async def one(who, before, reader, writer):
        nonlocal wrong
        writer.write(b".")
        try:
            while await reader.read(4096):
                pass
        except OSError:
            pass
        writer.close()
        seat = None
        while seat is None:
            seat, reader, writer = await come(name, who)
        times.append(time.monotonic() - began)
        again.append((who, seat, reader, writer))
        wrong += seat != before

    seconds = await in_turn(one, cut, at_a_time)
    held.extend(again)
    return {"came": len(again), "wrong": wrong, "first": round(min(times, default=0), 2), "seconds": seconds}


async def obey(order):
    do = order.pop("do")
    if do == "come":
        seat, reader, writer = await come(**order)
        if seat is not None:
            stays[order["who"]] = (reader, writer)
        return {"seat": seat}
    if do == "leave":
        reader, writer = stays.pop(order["who"])
        cut = await is_cut(reader)
        writer.close()
        return {"cut": cut}
    if do == "is-cut":
        return {"cut": await is_cut(stays[order["who"]][0])}
    if do == "held":
        ends = await asyncio.gather(*(is_cut(reader) for _, _, reader, _ in stays.get("", [])))
        return {"alive": ends.count(False)}
    if do == "hold":
        return await hold(**order)
    if do == "back":
        return await back(**order)
    return await crowd(**order)


async def answer(line):
    number, order = json.loads(line)
    print(json.dumps([number, await obey(order)]), flush=True)


async def main():
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    print("ready", flush=True)
    while line := await lines.readline():
        asyncio.ensure_future(answer(line))


asyncio.run(main())
