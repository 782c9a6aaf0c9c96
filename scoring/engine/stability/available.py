"""Is numpy there? The engine needs it for little else, so its absence is a sentence and not a traceback."""

import os
from importlib import import_module

from ..faults import Fault, Refused


def need_numpy() -> None:
    """Load numpy, its matrix product on one thread unless something else is asked for: where another process has the
    second core, two threads wait for each other and a study takes four times as long; alone they gain next to nothing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import_module("numpy")
    except ImportError:
        vi = "Tính độ vững thứ hạng cần thư viện numpy; hãy cài bằng lệnh: python -m pip install numpy"
        en = "The stability study needs the library numpy; install it with: python -m pip install numpy"
        raise Refused([Fault("numpy", f"{en}.", f"{vi}.")]) from None
