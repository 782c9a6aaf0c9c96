from accounts.models.role import RoleMembership
from accounts.models.token import ApiToken
from accounts.models.unit import Unit, UnitGroup
from accounts.models.user import User

__all__ = ["ApiToken", "RoleMembership", "Unit", "UnitGroup", "User"]
