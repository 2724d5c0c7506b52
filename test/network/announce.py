"""Announces itself as master of a virtual router, by raw frames: a JSON object in its argument says as whom, and how often."""

import json
import socket
import struct
import sys
import time

VRRP = 112
VERSION_2_ADVERTISEMENT = 0x21
ETHERTYPE_IPV4 = 0x0800
PAUSE_SECONDS = 0.25


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def with_checksum(data, at):
    return data[:at] + struct.pack("!H", checksum(data)) + data[at + 2 :]


def advertisement(router, priority, addresses):
    head = struct.pack("!BBBBBBH", VERSION_2_ADVERTISEMENT, router, priority, len(addresses), 0, 1, 0)
    return with_checksum(head + b"".join(map(socket.inet_aton, addresses)) + bytes(8), 6)


def datagram(source, target, ttl, content):
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    head = struct.pack("!BBHHHBBH", 0x45, 0xC0, 20 + len(content), 1, 0, ttl, VRRP, 0) + ends
    return with_checksum(head, 10) + content


def main():
    told = json.loads(sys.argv[1])
    content = advertisement(told["router"], told["priority"], told["addresses"])
    macs = [bytes.fromhex(told[end].replace(":", "")) for end in ("toMac", "fromMac")]
    frame = b"".join(macs) + struct.pack("!H", ETHERTYPE_IPV4)
    frame += datagram(told["from"], told["to"], told["ttl"], content)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as raw:
        raw.bind((told["interface"], 0))
        for _ in range(told["times"]):
            raw.send(frame)
            time.sleep(PAUSE_SECONDS)


main()
