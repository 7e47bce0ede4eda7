from accounts.models.activities import ActivityEntry
from accounts.models.users import User

__all__ = ["ActivityEntry", "User"]
