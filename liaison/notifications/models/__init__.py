"""Messages, their deliveries, and by which ways people and units want them."""

from liaison.notifications.models.deliveries import Delivery, DeliveryState, Gathers
from liaison.notifications.models.messages import Heartbeat, Notification
from liaison.notifications.models.ways import Channel, ChannelChoice, DailyReader, RefusedAddress, Robot

__all__ = [
    "Channel",
    "ChannelChoice",
    "DailyReader",
    "Delivery",
    "DeliveryState",
    "Gathers",
    "Heartbeat",
    "Notification",
    "RefusedAddress",
    "Robot",
]
