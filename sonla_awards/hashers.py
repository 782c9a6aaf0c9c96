"""A lighter Argon2 for the demo: two hundred published passwords need no minutes of work."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class DemoArgon2(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 8 * 1024, 1
