"""PDF pages as grey pixels, within limits of size and of time."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from typing import Any

import numpy as np

_READY, _TO_CONTINUE, _DONE = 0, 1, 2  # pdfium's states of a rendering
_ANNOTATIONS = 0x01


class TooSlow(Exception):
    """The time for rendering this document is used up."""


class Budget:
    """CPU seconds that the rendering of one document may take; ``begin`` is called before the first page."""

    def __init__(self, seconds: float, begin: Callable[[], None] = lambda: None) -> None:
        self._left = seconds
        self._begin: Callable[[], None] | None = begin

    def start(self) -> float:
        """The moment on the clock of this process at which rendering has to stop.

        Raises :class:`TooSlow` when nothing is left.
        """
        if self._left <= 0:
            raise TooSlow
        if self._begin is not None:
            self._begin()
            self._begin = None
        return time.process_time() + self._left

    def stop(self, deadline: float) -> None:
        """Note what is left at the end of a page."""
        self._left = deadline - time.process_time()


class Canvas:
    """The picture of one page, made as often as its objects change. Pixels are rows of bytes, 0 is black."""

    def __init__(self, handle: Any, shown: tuple[float, float], scale: float, deadline: float) -> None:
        """``handle`` is a raw ``FPDF_PAGE``; ``shown`` its width and height in points.

        ``scale`` is pixels a point, ``deadline`` as :meth:`Budget.start` gives it.
        """
        self._handle = handle
        self.scale = scale
        self.width = max(1, round(shown[0] * scale))
        self.height = max(1, round(shown[1] * scale))
        self._deadline = deadline

    def picture(self, annotations: bool = True) -> np.ndarray:
        """The page as a viewer shows it, ``(height, width)`` of ``uint8``; without ``annotations`` on request.

        Raises :class:`TooSlow`.
        """
        import pypdfium2.raw as pdfium

        stride = -(-self.width // 4) * 4
        pixels = np.full((self.height, stride), 255, dtype=np.uint8)
        bitmap = pdfium.FPDFBitmap_CreateEx(
            self.width, self.height, pdfium.FPDFBitmap_Gray, ctypes.c_void_p(pixels.ctypes.data), stride
        )
        if not bitmap:
            raise MemoryError
        pause = pdfium.IFSDK_PAUSE(version=1)
        late = type(pause.NeedToPauseNow)(lambda _: time.process_time() > self._deadline)
        pause.NeedToPauseNow = late
        try:
            state = pdfium.FPDF_RenderPageBitmap_Start(
                bitmap,
                self._handle,
                0,
                0,
                self.width,
                self.height,
                0,
                _ANNOTATIONS * annotations,
                ctypes.byref(pause),
            )
            pdfium.FPDF_RenderPage_Close(self._handle)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
        if state == _TO_CONTINUE:
            raise TooSlow
        return pixels[:, : self.width]
