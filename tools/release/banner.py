"""Draw the picture at the top of the README: `data/pictures/birds.jpg`.

python -m tools.release.banner
"""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from course_utils.sketchbook import bird_picture
from tools.project import REPO, parser

TARGET = REPO / "data" / "pictures" / "birds.jpg"
TILE, COLUMNS, GAP = 240, 6, 6  # pixels, tiles, pixels
# Species, the number of the picture, and where it was taken: chosen by eye for variety.
BIRDS = (
    ("Orchard Seedkin", 2, "garden"),
    ("Truant Leafling", 0, "forest"),
    ("Cloister Thrushling", 7, "snow"),
    ("Pepperpot Bramblet", 5, "rocks"),
    ("Bishop Dabbin", 5, "lake"),
    ("Bellbuoy Surfwing", 7, "seashore"),
    ("Clockwork Tidestilt", 2, "seashore"),
    ("Abbot Marshlance", 4, "reeds"),
    ("Drummer Barktapper", 5, "forest"),
    ("Belfry Loopwing", 4, "sky"),
    ("Candlelight Hushwing", 0, "forest"),
    ("Lockkeeper Brookdart", 1, "lake"),
)


def banner() -> Image.Image:
    """Return the birds side by side in rows, on white."""
    rows = -(-len(BIRDS) // COLUMNS)
    step = TILE + GAP
    sheet = Image.new("RGB", (COLUMNS * step - GAP, rows * step - GAP), "white")
    for position, (species, index, habitat) in enumerate(BIRDS):
        photo = bird_picture(species, seed=1, index=index, px=TILE, habitat=habitat, occlusion=0.0)
        sheet.paste(Image.fromarray(photo.image), (position % COLUMNS * step, position // COLUMNS * step))
    return sheet


def main(arguments: Sequence[str] | None = None) -> None:
    program = parser(__doc__)
    program.add_argument("--out", type=Path, default=TARGET, help="where to write it")
    target = program.parse_args(arguments).out
    target.parent.mkdir(exist_ok=True)
    banner().save(target, quality=90)
    print(f"{target.name}: {target.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
