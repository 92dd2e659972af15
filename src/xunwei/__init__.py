"""Operations automation for a government service platform."""

__version__ = "0.1.0"
