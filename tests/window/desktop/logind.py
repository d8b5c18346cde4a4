"""A stand-in for systemd-logind on the private system bus: it tells that the computer falls asleep
and hands out what holds that up. Another connection can tell the same without being logind."""

import os

from gi.repository import Gio, GLib

from talk import serve

NAME = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
NODE = Gio.DBusNodeInfo.new_for_xml(f"""
<node><interface name="{MANAGER}">
  <method name="Inhibit">
    <arg type="s" name="what" direction="in"/><arg type="s" name="who" direction="in"/>
    <arg type="s" name="why" direction="in"/><arg type="s" name="mode" direction="in"/>
    <arg type="h" name="pipe" direction="out"/>
  </method>
  <signal name="PrepareForSleep"><arg type="b" name="start"/></signal>
</interface></node>""")


def connect():
    address = os.environ["DBUS_SYSTEM_BUS_ADDRESS"]
    flags = Gio.DBusConnectionFlags
    both = flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION
    return Gio.DBusConnection.new_for_address_sync(address, both, None, None)


bus = connect()
stranger = connect()
#: Our ends of the pipes that were handed out: one that is closed at its other end holds up no more.
held = []


def called(_bus, _sender, _path, _interface, method, parameters, invocation):
    what, _who, _why, mode = parameters.unpack()
    ours, theirs = os.pipe()
    held.append((what, mode, ours))
    handles = Gio.UnixFDList.new()
    handle = handles.append(theirs)
    os.close(theirs)
    invocation.return_value_with_unix_fd_list(GLib.Variant("(h)", (handle,)), handles)


def is_open(ours):
    """A pipe whose other end is closed reads as its end; one that is open has nothing to read."""
    os.set_blocking(ours, False)
    try:
        return os.read(ours, 1) != b""
    except BlockingIOError:
        return True


def tell(connection, start, to):
    body = GLib.Variant("(b)", (start,))
    connection.emit_signal(to, PATH, MANAGER, "PrepareForSleep", body)
    connection.flush_sync(None)


def clients():
    """The names on the bus of everybody but us and the bus itself."""
    names = bus.call_sync(
        "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ListNames",
        None, None, Gio.DBusCallFlags.NONE, 5000, None,
    ).unpack()[0]  # fmt: skip
    own = {bus.get_unique_name(), stranger.get_unique_name()}
    return [name for name in names if name.startswith(":") and name not in own]


def lie(start):
    """Tells it without being logind: to everybody, and to each by its own name."""
    for to in [None, *clients()]:
        tell(stranger, start, to)


bus.register_object(PATH, NODE.interfaces[0], called, None, None)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
serve(
    {
        "sleeps": lambda: tell(bus, True, None),
        "wakes": lambda: tell(bus, False, None),
        "lies": lambda: lie(True),
        "clients": lambda: len(clients()),
        "holding": lambda: [[what, mode] for what, mode, ours in held if is_open(ours)],
    }
)
