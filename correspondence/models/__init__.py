from correspondence.models.files import StoredFile
from correspondence.models.messages import Message, MessageAttempt, MessageState

__all__ = ["Message", "MessageAttempt", "MessageState", "StoredFile"]
