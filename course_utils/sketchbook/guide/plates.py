"""Field guide plates: a page for each bird species that a person can learn it from.

`python -m course_utils.sketchbook.guide.plates` writes all plates and two contact sheets into build/plates.
"""

import argparse
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont

from course_utils.sketchbook.birds import Bird, load_birds
from course_utils.sketchbook.guide.marks import differences, field_marks, look_alikes
from course_utils.sketchbook.guide.portraits import PAPER, Point, portrait, typical
from course_utils.sketchbook.kinds import find

INK, FAINT, RULE = (52, 46, 40), (128, 118, 104), (206, 196, 178)


@cache
def _font(size: int, face: str = "DejaVuSans") -> ImageFont.FreeTypeFont:
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return ImageFont.truetype(str(fonts / f"{face}.ttf"), max(8, size))


def plate(name: str, px: int = 900) -> Image.Image:
    """Return the field guide's page for one species, `px` wide and 4/3 as high.

    Raises
    ------
    ValueError
        If the field guide has no species of this name.
    """
    species = find("birds", name)
    page = Image.new("RGB", (px, px * 4 // 3), PAPER)
    draw, unit = ImageDraw.Draw(page), px / 900
    _main_figure(page, draw, species, unit)
    _title(draw, species, unit)
    _pose_strip(page, draw, species, unit)
    _companions(page, draw, species, unit)
    return page


def _title(draw: ImageDraw.ImageDraw, species: Bird, unit: float) -> None:
    left, right = 64 * unit, 836 * unit
    draw.text((left, 52 * unit), species.name, INK, _font(int(38 * unit), "DejaVuSerif-Bold"))
    facts = f"{species.size:g} cm    {', '.join(species.habitats)}"
    italic = _font(int(19 * unit), "DejaVuSerif-Italic")
    draw.text((left, 106 * unit), f"Genus {species.genus}", FAINT, italic)
    draw.text((right, 108 * unit), facts, FAINT, _font(int(16 * unit)), anchor="ra")
    draw.line((left, 142 * unit, right, 142 * unit), RULE, max(1, round(1.5 * unit)))


def _main_figure(page: Image.Image, draw: ImageDraw.ImageDraw, species: Bird, unit: float) -> None:
    side = int(560 * unit)
    figure, points = typical(species, side)
    x, y = int(170 * unit), int(140 * unit)
    page.paste(figure, (x, y))
    at = {key: (px + x, py + y) for key, (px, py) in points.items()}
    (bx, by), (tx, ty) = at["breast"], at["tail_tip"]
    at["wing"] = (0.45 * bx + 0.55 * tx, 0.5 * by + 0.5 * ty)
    at["legs"] = at["feet"]
    hidden = "legs" if "waterline" in points else ""
    marks = [(at[key], text) for key, text in field_marks(species).items() if key != hidden]
    _labels(draw, marks, unit)


def _labels(draw: ImageDraw.ImageDraw, marks: list[tuple[Point, str]], unit: float) -> None:
    """Write labels into the margins, each joined to its landmark by a thin line; none overlap."""
    font = _font(int(16 * unit))
    by_x = sorted(marks, key=lambda mark: mark[0][0])
    half = len(marks) // 2
    for column, edge, anchor in ((by_x[:half], 196 * unit, "rm"), (by_x[half:], 704 * unit, "lm")):
        column = sorted(column, key=lambda mark: mark[0][1])
        heights = spread([point[1] for point, _ in column], 66 * unit, 190 * unit, 650 * unit)
        for (point, text), y in zip(column, heights, strict=True):
            gap = 8 * unit if anchor == "lm" else -8 * unit
            draw.line((edge, y, *point), FAINT, max(1, round(unit)))
            r, side = 2.5 * unit, "right" if anchor == "rm" else "left"
            draw.ellipse((point[0] - r, point[1] - r, point[0] + r, point[1] + r), FAINT)
            at = (edge + gap, y)
            draw.multiline_text(at, text, INK, font, anchor=anchor, align=side, spacing=3 * unit)


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return heights near the wanted ones (ascending), at least `gap` apart, between `low` and `high`."""
    heights = []
    for y in wanted:
        heights.append(max(y, low, heights[-1] + gap if heights else low))
    for k in range(len(heights) - 1, -1, -1):
        heights[k] = min(heights[k], high - gap * (len(heights) - 1 - k))
    return heights


def _pose_strip(page: Image.Image, draw: ImageDraw.ImageDraw, species: Bird, unit: float) -> None:
    kinds = list(dict.fromkeys(species.plan.poses))
    kinds = [kind for kind in kinds if kind != "perched"][:5]
    side, top = int(154 * unit), int(702 * unit)
    left = (900 * unit - side * len(kinds)) / 2
    for k, kind in enumerate(kinds):
        small = portrait(species, side, seed=k + 1, pose=kind)
        x = int(left + k * side)
        page.paste(small, (x, top))
        below = (x + side / 2, top + side + 8 * unit)
        draw.text(below, kind.replace("_", " "), FAINT, _font(int(13 * unit)), anchor="ma")


def _companions(page: Image.Image, draw: ImageDraw.ImageDraw, species: Bird, unit: float) -> None:
    left, right, top = 64 * unit, 836 * unit, 904 * unit
    draw.line((left, top, right, top), RULE, max(1, round(1.5 * unit)))
    note_font = _font(int(17 * unit), "DejaVuSerif-Italic")
    note = _wrap(species.note, note_font, right - left)
    draw.multiline_text((left, top + 18 * unit), note, INK, note_font, spacing=6 * unit)
    others = look_alikes(species)[:3]
    wide = (right - left) / max(len(others), 1)
    for k, other in enumerate(others):
        _companion(page, draw, species, other, (left + k * wide, top + 76 * unit), wide - 20 * unit, unit)


def _companion(
    page: Image.Image,
    draw: ImageDraw.ImageDraw,
    species: Bird,
    other: Bird,
    at: Point,
    room: float,
    unit: float,
) -> None:
    """Show a look-alike and what tells it apart: words beside the picture where there is room, else below."""
    beside = room > 330 * unit
    side = int((150 if beside else 112) * unit)
    page.paste(typical(other, side)[0], (int(at[0]), int(at[1])))
    x, y = (at[0] + side + 16 * unit, at[1] + 44 * unit) if beside else (at[0], at[1] + side + 4 * unit)
    room -= side + 16 * unit if beside else 0
    draw.text((x, y), other.name, INK, _fitting(other.name, "DejaVuSerif-Bold", int(17 * unit), room))
    font = _font(int(14 * unit))
    words = "shows " + ", ".join(differences(species, other)[: 4 if beside else 3])
    draw.multiline_text((x, y + 27 * unit), _wrap(words, font, room), FAINT, font, spacing=3 * unit)


def _fitting(text: str, face: str, size: int, room: float) -> ImageFont.FreeTypeFont:
    while size > 8 and _font(size, face).getlength(text) > room:
        size -= 1
    return _font(size, face)


def _wrap(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def contact_sheet(names: Sequence[str], px: int, per_species: int = 6, zoom: int = 1) -> Image.Image:
    """Return a sheet with one row per species: several individuals, `px` wide, enlarged `zoom` times."""
    side = px * zoom
    sheet = Image.new("RGB", (side * per_species, side * len(names)), PAPER)
    for row, name in enumerate(names):
        for column in range(per_species):
            picture = portrait(find("birds", name), px, seed=column, ground=(198, 207, 190))
            sheet.paste(picture.resize((side, side), Image.Resampling.NEAREST), (column * side, row * side))
    return sheet


def main(arguments: Sequence[str] | None = None) -> None:
    """Write field guide plates and two contact sheets into a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("species", nargs="*", help="names of species; all of them if none is given")
    parser.add_argument("--out", type=Path, default=Path("build/plates"), help="made if absent; %(default)s")
    parser.add_argument("--px", type=int, default=900, help="width of a plate in pixels; %(default)s")
    options = parser.parse_args(arguments)
    names = [find("birds", name).name for name in options.species] or list(load_birds())
    options.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        plate(name, options.px).save(options.out / f"{name.replace(' ', '_')}.png")
    contact_sheet(names, px=96, zoom=2).save(options.out / "contact_sheet_96.png")
    contact_sheet(names[::3], px=512, per_species=4).save(options.out / "contact_sheet_512.png")
    print(f"plates: {len(names)}, and two contact sheets, in {options.out}")


if __name__ == "__main__":
    main()
