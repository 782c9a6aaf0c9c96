"""Argon2 with two habits: Vietnamese typed on any keyboard is one password, and random passwords cost little work."""

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher


class NfcArgon2PasswordHasher(Argon2PasswordHasher):
    """Django's Argon2 over the NFC form: Windows types ế as one character, macOS may send three."""

    def encode(self, password, salt):
        return super().encode(unicodedata.normalize("NFC", password), salt)

    def verify(self, password, encoded):
        return super().verify(unicodedata.normalize("NFC", password), encoded)

    def harden_runtime(self, password, encoded):
        """A wrong try against a quick hash takes as long as any other, so that it does not tell who has one."""
        self.encode(password, self.salt())


class QuickArgon2PasswordHasher(NfcArgon2PasswordHasher):
    """For temporary passwords: 79 random bits need no slow hash, and 200 accounts of one import would take half a minute.

    The parameters stand in the hash, so the usual hasher verifies it, and replaces it at the first right sign-in.
    """

    time_cost, memory_cost, parallelism = 1, 1024, 1


def hash_random(password: str) -> str:
    """The stored form of a password that a machine has drawn; never for one that a person chose."""
    hasher = get_hasher()
    if isinstance(hasher, Argon2PasswordHasher):
        hasher = QuickArgon2PasswordHasher()
    return hasher.encode(password, hasher.salt())
