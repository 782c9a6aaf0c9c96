"""Is numpy there? The engine needs it for nothing else, so its absence is a sentence and not a traceback."""

from importlib import import_module

from ..faults import Fault, Refused


def need_numpy() -> None:
    try:
        import_module("numpy")
    except ImportError:
        vi = "Tính độ vững thứ hạng cần thư viện numpy; hãy cài bằng lệnh: python -m pip install numpy"
        en = "The stability study needs the library numpy; install it with: python -m pip install numpy"
        raise Refused([Fault("numpy", f"{en}.", f"{vi}.")]) from None
