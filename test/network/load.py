"""Load over a gateway: `echo` answers on the ports that are given; the others send until their input ends, and print
how much was sent and how much came back. `connection` keeps one TCP connection, `packets` sends each UDP packet from a
port of its own, so that each is a connection of its own to the gateway."""

import json
import select
import socket
import sys
import threading
import time

PAUSE = 0.002
LAST_ANSWERS = 5


def echo(address, tcp, udp):
    listener = socket.create_server((address, int(tcp)))
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind((address, int(udp)))
    open_ones = [listener, datagrams]
    print("ready", flush=True)
    while True:
        for one in select.select(open_ones, [], [])[0]:
            if one is listener:
                open_ones.append(listener.accept()[0])
            elif one is datagrams:
                data, sender = datagrams.recvfrom(2048)
                datagrams.sendto(data, sender)
            else:
                try:
                    data = one.recv(65536)
                    one.sendall(data)
                except OSError:
                    data = b""
                if not data:
                    open_ones.remove(one)
                    one.close()


def until_input_ends():
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    return ended


def connection(address, port):
    stream = socket.create_connection((address, int(port)), timeout=10)
    stream.settimeout(0.2)
    print("ready", flush=True)
    ended, sent, back, late = until_input_ends(), 0, 0, None
    while late is None or (back < sent and time.monotonic() < late):
        if late is None:
            stream.sendall(b"%08d" % sent)
            sent += 8
            if ended.is_set():
                late = time.monotonic() + LAST_ANSWERS
        try:
            back += len(stream.recv(65536))
        except TimeoutError:
            pass
        time.sleep(PAUSE)
    return sent // 8, (sent - back) // 8


def packets(address, port):
    print("ready", flush=True)
    ended, sent, waiting, late = until_input_ends(), 0, [], None
    while late is None or (waiting and time.monotonic() < late):
        if late is None:
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.setblocking(False)
            one.sendto(b"packet", (address, int(port)))
            sent += 1
            waiting.append(one)
            if ended.is_set():
                late = time.monotonic() + LAST_ANSWERS
        for answered in select.select(waiting, [], [], 0)[0] if waiting else []:
            answered.recv(64)
            waiting.remove(answered)
            answered.close()
        time.sleep(PAUSE)
    return sent, len(waiting)


mode, *rest = sys.argv[1:]
if mode == "echo":
    echo(*rest)
sent, lost = {"connection": connection, "packets": packets}[mode](*rest)
print(json.dumps({"sent": sent, "lost": lost}))
