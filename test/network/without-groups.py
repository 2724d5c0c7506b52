"""Runs a program for which setgroups does nothing: an ordinary user's namespaces forbid it (user_namespaces(7)), and
keepalived runs no check without. Usage: without-groups.py PROGRAM [ARGUMENT]..."""
import ctypes
import os
import platform
import struct
import sys

# asm/unistd.h, linux/prctl.h, linux/seccomp.h, linux/bpf_common.h
SETGROUPS = {"x86_64": 116, "aarch64": 159}[platform.machine()]
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, SUCCEED = 0x7FFF0000, 0x00050000

program = b"".join(
    struct.pack("HBBI", *one)
    for one in [(LOAD, 0, 0, 0), (EQUAL, 0, 1, SETGROUPS), (RETURN, 0, 0, SUCCEED), (RETURN, 0, 0, ALLOW)]
)
instructions = ctypes.create_string_buffer(program)
given = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
libc = ctypes.CDLL(None, use_errno=True)
for order in [(NO_NEW_PRIVILEGES, 1, 0, 0, 0), (SECCOMP, FILTER, ctypes.c_char_p(given), 0, 0)]:
    if libc.prctl(*order) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
os.execvp(sys.argv[1], sys.argv[1:])
