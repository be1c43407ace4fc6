"""Colours of the documents, for light and dark paper, and how much they contrast.

Eight hues that people with any colour vision tell apart in pairs with the four shapes of the map; each stands out from
its paper by 3:1 at least (WCAG 2.2, 1.4.11), text colours by 4.5:1 at least (1.4.3).
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field

LIGHT_THEMES = ("#1b5e9e", "#b4540a", "#1d7a4c", "#a3327a", "#0b7a85", "#8a6400", "#6b4fa0", "#b02e35")
DARK_THEMES = ("#7db8f0", "#f0a35e", "#6fcf97", "#eb8fc6", "#5fcbd6", "#e0bd4f", "#b9a2ec", "#f48a8a")


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours on one paper.

    Attributes:
        paper: page.
        band: set-apart background.
        ink: text.
        soft: secondary text.
        line: rules and borders of components.
        hair: decorative rules.
        accent: links, titles, key figures.
        on_accent: text on `accent`.
        noise: weak signals.
        themes: the eight hues of the map.
    """

    paper: str
    band: str
    ink: str
    soft: str
    line: str
    hair: str
    accent: str
    on_accent: str
    noise: str
    themes: tuple[str, ...]


LIGHT = Scheme(
    "#ffffff", "#f3f5f7", "#1a232b", "#4d5a66", "#7d8894", "#d5dbe1", "#0b4a6f", "#ffffff", "#7d8894", LIGHT_THEMES
)
DARK = Scheme(
    "#12181e", "#1b232b", "#e8edf1", "#b3bec8", "#7f8c98", "#34404b", "#8fc9ee", "#0d1b26", "#8a96a1", DARK_THEMES
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of the organisation: content, format ("png"), media type, and what it shows in words."""

    content: bytes
    form: str
    media: str
    text: str

    @property
    def uri(self) -> str:
        """The picture as an address that needs no network."""
        return f"data:{self.media};base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Font:
    """One font file of the organisation: content, family, weight (400: regular), style ("normal" or "italic")."""

    content: bytes
    family: str
    weight: int
    style: str

    @property
    def uri(self) -> str:
        """The font as an address that needs no network."""
        return f"data:font/sfnt;base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True, slots=True)
class Look:
    """The appearance of all documents: colours, fonts (none: ours), logo, and a line at the foot."""

    light: Scheme = field(default=LIGHT)
    dark: Scheme = field(default=DARK)
    text_fonts: tuple[Font, ...] = ()
    title_fonts: tuple[Font, ...] = ()
    logo: Logo | None = None
    mention: str = ""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of sRGB


def variables(scheme: Scheme) -> str:
    """Return the scheme as CSS custom properties."""
    named = {
        name: getattr(scheme, name) for name in ("paper", "band", "ink", "soft", "line", "hair", "accent", "noise")
    }
    named |= {"on-accent": scheme.on_accent}
    named |= {f"t{place}": colour for place, colour in enumerate(scheme.themes, start=1)}
    return "".join(f"--{name}:{value};" for name, value in named.items())
