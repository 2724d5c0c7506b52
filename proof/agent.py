"""Sends and receives the proof's packets in one network namespace. Python's standard library alone.

It reads one JSON object a line on standard input and answers each with one line:
  {"listen": {"tcp": [22], "udp": [53]}}      listens on every address         -> {}
  {"send": [[7, "tcp", FROM, TO, 22], ...]}   sends probes, each with a number -> {"answered": [numbers of pings],
                                                                                  "ports": [[7, its own TCP port]]}
  {"syns": true}                              notices asked connections too    -> {}
  {"collect": true}                           what arrived since the last time -> {"tcp": [[FROM, its port, TO, 22]], "numbers": [7]}
It ends when standard input does.
"""
import collections
import json
import os
import resource
import select
import socket
import struct
import sys
import time

# No probe is ever sent to this port, so that none can pass as the answer to another.
UDP_SOURCE_PORT = 20000
# How many connections are tried at once, and how long each. What arrives is counted where it arrives, so a probe that
# takes longer is not lost.
WINDOW = 1500
CONNECT_SECONDS = 0.25
UDP_BURST = 100
# How long to wait for the last packets of a round.
SETTLE_SECONDS = 0.4
# Options of Linux that Python has no name for (linux/in.h, linux/in6.h).
IP_TRANSPARENT, IPV6_TRANSPARENT = 19, 75
ECHO = {4: (8, 0), 6: (128, 129)}
# The window of a probe that asks for a connection, by which it is known; its sequence number is the probe's.
SYN_WINDOW, SYN_FLAG, TCP_CHECKSUM_AT = 20511, 2, 16


def family(address):
    return 6 if ":" in address else 4


def inet(address):
    return socket.AF_INET6 if family(address) == 6 else socket.AF_INET


def plain(address):
    """An IPv4 address that a socket of both families shows as ::ffff:10.0.0.1."""
    return address[7:] if address.startswith("::ffff:") and "." in address else address


class Agent:
    def __init__(self):
        self.poll = select.epoll()
        self.handlers = {}
        self.connecting = collections.OrderedDict()
        self.senders = {}
        self.pingers = {}
        self.tcp, self.numbers, self.pings, self.ports = [], [], [], []
        self.lines = b""
        self.requests = collections.deque()
        self.ended = False
        os.set_blocking(0, False)
        self.watch(0, self.read_requests)

    def watch(self, fd, handler, events=select.EPOLLIN):
        self.handlers[fd] = handler
        self.poll.register(fd, events)

    def turn(self, seconds):
        for fd, _ in self.poll.poll(seconds):
            if fd in self.handlers:
                self.handlers[fd]()

    def read_requests(self):
        data = os.read(0, 1 << 20)
        if not data:
            self.ended = True
            self.poll.unregister(0)
        self.lines += data
        *whole, self.lines = self.lines.split(b"\n")
        self.requests.extend(json.loads(line) for line in whole)

    def run(self):
        while not self.ended:
            self.turn(-1)
            while self.requests:
                print(json.dumps(self.answer(self.requests.popleft())), flush=True)

    def answer(self, request):
        if "listen" in request:
            return self.listen(**request["listen"])
        if "send" in request:
            return self.send(request["send"])
        if "syns" in request:
            return self.notice_syns()
        arrived = {"tcp": self.tcp, "numbers": self.numbers}
        self.tcp, self.numbers = [], []
        return arrived

    def listen(self, tcp, udp):
        for port in tcp:
            server = self.both_families(socket.SOCK_STREAM, port)
            server.listen(4096)
            self.watch(server.fileno(), lambda server=server, port=port: self.accept(server, port))
        for port in udp:
            receiver = self.both_families(socket.SOCK_DGRAM, port)
            self.watch(receiver.fileno(), lambda receiver=receiver: self.receive(receiver))
        return {}

    def both_families(self, kind, port):
        listener = socket.socket(socket.AF_INET6, kind)
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        listener.setblocking(False)
        listener.bind(("::", port))
        return listener

    def accept(self, server, port):
        while True:
            try:
                connection, peer = server.accept()
            except OSError:
                return
            self.tcp.append([plain(peer[0]), peer[1], plain(connection.getsockname()[0]), port])
            reset(connection)

    def receive(self, receiver):
        while True:
            try:
                self.numbers.append(struct.unpack("!I", receiver.recv(16))[0])
            except BlockingIOError:
                return

    def send(self, probes):
        self.pings, self.ports = [], []
        for count, probe in enumerate(probes):
            protocol = probe[1]
            {"tcp": self.connect, "syn": self.ask, "udp": self.datagram, "icmp": self.ping}[protocol](*probe)
            while len(self.connecting) >= WINDOW:
                self.turn(0.01)
                self.give_up(time.monotonic())
            if count % UDP_BURST == 0:
                self.turn(0.001 if protocol != "tcp" else 0)
        while self.connecting:
            self.turn(0.01)
            self.give_up(time.monotonic())
        end = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < end:
            self.turn(0.05)
        return {"answered": self.pings, "ports": self.ports}

    def connect(self, number, _protocol, source, target, port):
        client = socket.socket(inet(target), socket.SOCK_STREAM)
        client.setblocking(False)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        client.bind((source, 0))
        # On a busy machine a connection is taken when the next one between the same ends is tried: the port tells them apart.
        self.ports.append([number, client.getsockname()[1]])
        try:
            client.connect((target, port))
        except BlockingIOError:
            pass
        except OSError:
            client.close()
            return
        fd = client.fileno()
        self.connecting[fd] = (client, time.monotonic() + CONNECT_SECONDS)
        self.watch(fd, lambda: self.finish(fd), select.EPOLLOUT)

    def finish(self, fd):
        client, _ = self.connecting.pop(fd)
        self.poll.unregister(fd)
        del self.handlers[fd]
        reset(client)

    def give_up(self, now):
        while self.connecting:
            fd, (_, deadline) = next(iter(self.connecting.items()))
            if deadline > now:
                return
            self.finish(fd)

    def datagram(self, number, _protocol, source, target, port):
        sender = self.senders.get(source)
        if sender is None:
            sender = socket.socket(inet(source), socket.SOCK_DGRAM)
            level, option = ((socket.IPPROTO_IPV6, IPV6_TRANSPARENT) if family(source) == 6
                             else (socket.IPPROTO_IP, IP_TRANSPARENT))
            # Lets a probe be sent from an address that is not this machine's: whoever forges one does the same.
            sender.setsockopt(level, option, 1)
            sender.bind((source, UDP_SOURCE_PORT))
            self.senders[source] = sender
        try:
            sender.sendto(struct.pack("!I", number), (target, port))
        except OSError:
            pass

    def ask(self, number, _protocol, source, target, port):
        """Asks for a connection under an address that may be another machine's, to which the answer goes."""
        def header(total):
            return struct.pack("!HHIIBBHHH", UDP_SOURCE_PORT + number % 10000, port, number, 0, 5 << 4, SYN_FLAG, SYN_WINDOW, total, 0)
        version = family(target)
        asker = socket.socket(inet(target), socket.SOCK_RAW, socket.IPPROTO_TCP)
        if version == 6:
            asker.setsockopt(socket.IPPROTO_IPV6, IPV6_TRANSPARENT, 1)
            asker.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_CHECKSUM, TCP_CHECKSUM_AT)
            asker.bind((source, 0))
            packet = header(0)
        else:
            asker.setsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL, 1)
            ends = socket.inet_aton(source) + socket.inet_aton(target)
            total = checksum(ends + struct.pack("!HH", socket.IPPROTO_TCP, len(header(0))) + header(0))
            packet = struct.pack("!BBHHHBBH", 0x45, 0, 40, 0, 0, 64, socket.IPPROTO_TCP, 0) + ends + header(total)
        try:
            asker.sendto(packet, (target, 0))
        except OSError:
            pass
        asker.close()

    def notice_syns(self):
        for version, kind in ((4, socket.AF_INET), (6, socket.AF_INET6)):
            listener = socket.socket(kind, socket.SOCK_RAW, socket.IPPROTO_TCP)
            listener.setblocking(False)
            self.watch(listener.fileno(), lambda listener=listener, version=version: self.syns(listener, version))
        return {}

    def syns(self, listener, version):
        while True:
            try:
                packet = listener.recv(256)
            except BlockingIOError:
                return
            start = (packet[0] & 15) * 4 if version == 4 else 0
            _, _, number, _, _, flags, window = struct.unpack("!HHIIBBH", packet[start:start + 16])
            if flags == SYN_FLAG and window == SYN_WINDOW:
                self.numbers.append(number)

    def ping(self, number, _protocol, source, target, _port):
        pinger = self.pingers.get(source)
        if pinger is None:
            protocol = socket.IPPROTO_ICMPV6 if family(source) == 6 else socket.IPPROTO_ICMP
            pinger = socket.socket(inet(source), socket.SOCK_RAW, protocol)
            pinger.setblocking(False)
            pinger.bind((source, 0))
            self.pingers[source] = pinger
            self.watch(pinger.fileno(), lambda: self.echoes(pinger, family(source)))
        packet = struct.pack("!BBHI", ECHO[family(target)][0], 0, 0, number)
        if family(target) == 4:
            packet = struct.pack("!BBHI", ECHO[4][0], 0, checksum(packet), number)
        try:
            pinger.sendto(packet, (target, 0))
        except OSError:
            pass

    def echoes(self, pinger, version):
        while True:
            try:
                packet = pinger.recv(256)
            except BlockingIOError:
                return
            # IPv4's header is read too, IPv6's is not.
            start = (packet[0] & 15) * 4 if version == 4 else 0
            if packet[start] == ECHO[version][1]:
                self.pings.append(struct.unpack("!I", packet[start + 4:start + 8])[0])


def reset(connection):
    """Closes without leaving a connection behind that waits for its end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def checksum(packet):
    total = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    total = (total & 0xFFFF) + (total >> 16)
    return ~(total + (total >> 16)) & 0xFFFF


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    Agent().run()
