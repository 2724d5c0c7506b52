"""Begins the flows of a loop: sends one small datagram from each of COUNT ports of an address.
Usage: loop-sender.py FROM FIRST_PORT COUNT TO PORT | loop-sender.py --answer FROM PORT TO FIRST_PORT COUNT
"""
import socket
import sys

# linux/in.h and asm-generic/socket.h; a datagram without a checksum may have its port changed on the way.
IP_TRANSPARENT, SO_NO_CHECK = 19, 11


def sender(address, port):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    one.setsockopt(socket.SOL_IP, IP_TRANSPARENT, 1)
    one.bind((address, port))
    return one


if sys.argv[1] == "--answer":
    source, port, to, first, count = sys.argv[2:]
    one = sender(source, int(port))
    for number in range(int(count)):
        one.sendto(b"x" * 22, (to, int(first) + number))
else:
    source, first, count, to, port = sys.argv[1:]
    for number in range(int(count)):
        sender(source, int(first) + number).sendto(b"x" * 22, (to, int(port)))
