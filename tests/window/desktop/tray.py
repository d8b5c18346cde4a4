"""A stand-in for a panel with a tray: watcher and host of status notifier items, and a hand that
clicks their menus (https://specifications.freedesktop.org/status-notifier-item-spec/)."""

from gi.repository import Gio, GLib

from talk import serve

NAME = "org.kde.StatusNotifierWatcher"
PATH = "/StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
NODE = Gio.DBusNodeInfo.new_for_xml(f"""
<node><interface name="{NAME}">
  <method name="RegisterStatusNotifierItem"><arg type="s" name="service" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" name="service" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
  <signal name="StatusNotifierItemUnregistered"><arg type="s"/></signal>
  <signal name="StatusNotifierHostRegistered"/>
  <signal name="StatusNotifierHostUnregistered"/>
</interface></node>""")

bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
#: Items as (name on the bus, path of the object), oldest first.
items = []
#: Whether there is somebody who shows them, and the number of the name that the watcher owns.
desk = {"shows": False, "owned": 0}


def called(_bus, sender, _path, _interface, method, parameters, invocation):
    (service,) = parameters.unpack()
    if method == "RegisterStatusNotifierItem":
        # An item gives its path, or its name on the bus.
        item = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        if item not in items:
            items.append(item)
        none = Gio.BusNameWatcherFlags.NONE
        Gio.bus_watch_name_on_connection(bus, sender, none, None, lambda *_: drop(sender))
    invocation.return_value(None)


def drop(sender):
    items[:] = [item for item in items if item[0] != sender]


def told(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", [name + path for name, path in items]),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", desk["shows"]),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


def ask(to, path, interface, method, parameters):
    none = Gio.DBusCallFlags.NONE
    return bus.call_sync(to, path, interface, method, parameters, None, none, 5000, None).unpack()


def prop(name):
    to, path = items[-1]
    which = GLib.Variant("(ss)", (ITEM, name))
    return ask(to, path, "org.freedesktop.DBus.Properties", "Get", which)[0]


def rows():
    """The menu of the newest item: (number, label, whether it can be clicked)."""
    to, _ = items[-1]
    wanted = GLib.Variant("(iias)", (0, -1, []))
    _, (_, _, children) = ask(to, prop("Menu"), MENU, "GetLayout", wanted)
    for number, properties, _ in children:
        if properties.get("type") != "separator":
            yield number, properties.get("label", ""), properties.get("enabled", True)


def click(label):
    to, _ = items[-1]
    number = next(number for number, its, enabled in rows() if its == label and enabled)
    event = GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("s", ""), 0))
    ask(to, prop("Menu"), MENU, "Event", event)


def appear(shows):
    """A watcher has its name; with or without somebody who shows what it watches."""
    desk["shows"] = shows
    if not desk["owned"]:
        none = Gio.BusNameOwnerFlags.NONE
        desk["owned"] = Gio.bus_own_name_on_connection(bus, NAME, none, None, None)
    change = "Registered" if shows else "Unregistered"
    bus.emit_signal(None, PATH, NAME, f"StatusNotifierHost{change}", None)
    bus.flush_sync(None)


def vanish():
    Gio.bus_unown_name(desk["owned"])
    desk.update(shows=False, owned=0)
    items.clear()


bus.register_object(PATH, NODE.interfaces[0], called, told, None)
serve(
    {
        "appears": appear,
        "vanishes": vanish,
        "items": lambda: len(items),
        "property": prop,
        "menu": lambda: [[label, enabled] for _, label, enabled in rows()],
        "click": click,
    }
)
