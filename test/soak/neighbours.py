"""Sends three datagrams to each of many neighbours, or receives them for all, and prints how many are known, or arrived."""
import socket
import sys
import time

PORT, RECEIVE_BUFFER_FORCE, RECEIVE_BYTES = 9, 33, 1 << 26
A_SUBNET, ROUNDS = 250, 3


def send(count):
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for _ in range(ROUNDS):
        for index in range(count):
            sender.sendto(b"x", ("10.99.%d.%d" % (64 + index // A_SUBNET, 1 + index % A_SUBNET), PORT))
        time.sleep(2)
    with open("/proc/net/arp") as table:
        print("known:", sum(" 0x2 " in line for line in table), flush=True)


def receive():
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.setsockopt(socket.SOL_SOCKET, RECEIVE_BUFFER_FORCE, RECEIVE_BYTES)
    receiver.bind(("0.0.0.0", PORT))
    receiver.settimeout(120)
    arrived = 0
    try:
        while True:
            receiver.recv(10)
            arrived += 1
            receiver.settimeout(10)
    except TimeoutError:
        print("arrived:", arrived, flush=True)


send(int(sys.argv[1])) if len(sys.argv) > 1 else receive()
