"""How often one address may ask the public check: 30 times a minute (reliability C1)."""

from core import throttle

MOST_A_MINUTE = 30


def may_ask(address: str) -> bool:
    """Count one question of the address and say whether it is still within the limit."""
    return throttle.may_ask(f"verify:{address}", MOST_A_MINUTE)
