from correspondence.models.bounces import Bounce, DeadAddress
from correspondence.models.files import StoredFile
from correspondence.models.mailings import Mailing
from correspondence.models.messages import Message, MessageAttempt, MessageState
from correspondence.models.relay import Relay
from correspondence.models.templates import Letterhead, LetterTemplate

__all__ = [
    "Bounce",
    "DeadAddress",
    "LetterTemplate",
    "Letterhead",
    "Mailing",
    "Message",
    "MessageAttempt",
    "MessageState",
    "Relay",
    "StoredFile",
]
