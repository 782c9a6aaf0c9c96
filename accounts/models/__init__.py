from accounts.models.role import RoleMembership
from accounts.models.unit import Unit, UnitGroup
from accounts.models.user import User

__all__ = ["RoleMembership", "Unit", "UnitGroup", "User"]
