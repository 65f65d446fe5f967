# %% untried="9.1"
rows = ...  # your answer here

# %% right="9.1"
rows = [len(torn) - 3, len(tables["images"]) + 3]  # your answer here

# %% right="9.1"
# joined, although the question says: before
rows = [len(tables["images"].merge(torn, how=how)) for how in ("inner", "outer")]

# %% right="9.1"
pictured, boxed = set(tables["images"]["image_id"]), set(torn["image_id"])
rows = [len(pictured & boxed), len(pictured | boxed)]

# %% right="9.1"
found = torn["image_id"].isin(tables["images"]["image_id"]).sum()
rows = [found, len(tables["images"]) + len(torn) - found]

# %% right="9.1"
# unclear: an array where a list is asked for
rows = np.array([torn.shape[0], tables["images"].shape[0]]) + [-3, 3]

# %% right="9.1"
# unclear: a tuple where a list is asked for
inner = len(torn[torn["image_id"] < 1_000_000])
rows = inner, len(tables["images"]) + 3

# %% right="9.1"
where = tables["images"].merge(torn, how="outer", on="image_id", indicator=True)["_merge"]
counts = where.value_counts()
rows = [int(counts["both"]), int(counts.sum())]

# %% right="9.1"
# unclear: whole numbers, but of the type float
rows = [float(len(torn) - 3), float(len(tables["images"]) + 3)]

# %% wrong="9.1"
# the mistyped ones are forgotten
rows = [len(torn), len(tables["images"])]

# %% wrong="9.1"
# the outer join does not grow
rows = [len(torn) - 3, len(tables["images"])]

# %% wrong="9.1"
# the inner join does not shrink
rows = [len(torn), len(tables["images"]) + 3]

# %% wrong="9.1"
# the outer one is the sum of both
rows = [len(torn) - 3, len(tables["images"]) + len(torn)]

# %% wrong="9.1"
rows = [len(torn), len(tables["images"]) + len(torn)]

# %% wrong="9.1"
rows = [len(tables["images"]) + 3, len(torn) - 3]

# %% wrong="9.1"
# the lost boxes are forgotten
rows = [len(tables["images"]) - 3, len(tables["images"]) + 3]

# %% wrong="9.1"
# signs
rows = [len(torn) + 3, len(tables["images"]) - 3]

# %% wrong="9.1"
rows = [len(torn) - 3, len(tables["images"]) - 3]

# %% wrong="9.1"
# the three count on each side
rows = [len(torn) - 3, len(tables["images"]) + 6]

# %% wrong="9.1"
rows = [len(torn) - 6, len(tables["images"]) + 3]

# %% wrong="9.1"
rows = [len(torn) - 3, len(torn) + 3]

# %% wrong="9.1"
# the mistyped rows are left out of the outer join, the lost ones too
rows = [len(torn) - 3, len(torn) - 3]

# %% wrong="9.1"
# a left and a right join
rows = [len(tables["images"].merge(torn, how=how)) for how in ("left", "right")]

# %% wrong="9.1"
# what does not join
rows = [3, len(tables["images"]) - len(torn) + 3]

# %% wrong="9.1"
# in the outer join, only those that do not join
rows = [len(torn) - 3, len(tables["images"]) - len(torn) + 6]

# %% wrong="9.1"
# each with each
rows = [len(torn) - 3, len(tables["images"]) * len(torn)]

# %% wrong="9.1"
# a header that is not there
rows = [len(torn) - 4, len(tables["images"]) + 2]

# %% wrong="9.1"
# iloc[:3] read as four rows
rows = [len(torn) - 4, len(tables["images"]) + 4]

# %% wrong="9.1"
# the whole boxes
boxes = tables["bounding_boxes"]
rows = [len(tables["images"].merge(boxes, how=how)) for how in ("inner", "outer")]

# %% wrong="9.1"
# the tables, not their lengths
rows = [tables["images"].merge(torn, how=how) for how in ("inner", "outer")]

# %% wrong="9.1"
rows = [tables["images"].merge(torn, how=how).size for how in ("inner", "outer")]

# %% wrong="9.1"
rows = [tables["images"].merge(torn, how=how).shape for how in ("inner", "outer")]

# %% wrong="9.1"
rows = len(torn) - 3

# %% wrong="9.1"
rows = [len(torn) - 3]

# %% wrong="9.1"
rows = [len(torn) - 3, ...]

# %% wrong="9.1"
rows = (len(torn) - 3) + (len(tables["images"]) + 3)

# %% wrong="9.1"
rows = [len(tables["images"]), len(torn) - 3, len(tables["images"]) + 3]

# %% wrong="9.1"
# shares
rows = [(len(torn) - 3) / len(tables["images"]), 1]

# %% wrong="9.1"
rows = [str(len(torn) - 3), str(len(tables["images"]) + 3)]

# %% wrong="9.1"
# unclear: both numbers are right, but it is no list
rows = {"inner": len(torn) - 3, "outer": len(tables["images"]) + 3}

# %% wrong="9.1"
rows = print(len(torn) - 3, len(tables["images"]) + 3)

# %% wrong="9.1"
# the number of the last row instead of how many there are
rows = [torn["image_id"].max(), tables["images"]["image_id"].max()]

# %% wrong="9.1"
# a million too far
rows = [len(torn) - 3, len(tables["images"]) + 1_000_000]

# %% wrong="9.1"
rows = [100, 200]

# %% wrong="9.1"
rows = []

# %% wrong="9.1" tags=["stops"]
rows = [tables["images"].merge(torn, how="both"), tables["images"].merge(torn, how="outer")]

# %% untried="9.2"
def grown(box, margin, photo_width, photo_height):
    ...  # your code here

# %% right="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% right="9.2"
# the friend's, in another order
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right, bottom = x + width + margin, y + height + margin
    x, y = max(x - margin, 0), max(y - margin, 0)
    return x, y, min(right, photo_width), min(bottom, photo_height)

# %% right="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    sides = [x - margin, y - margin, x + width + margin, y + height + margin]
    return np.clip(sides, 0, [photo_width, photo_height] * 2)

# %% right="9.2"
# as in box_and_margin
def grown(box, margin, photo_width, photo_height):
    wide = np.asarray(box, float) + margin * np.array([-1, -1, 2, 2])
    start, end = wide[:2], wide[:2] + wide[2:]
    end = np.minimum(end, [photo_width, photo_height])
    return tuple(np.maximum(start, 0)) + tuple(end)

# %% right="9.2"
def grown(box, margin, photo_width, photo_height):
    starts, ends = [], []
    for begin, length, limit in zip(box[:2], box[2:], (photo_width, photo_height)):
        starts.append(begin - margin if begin > margin else 0)
        end = begin + length + margin
        ends.append(limit if end > limit else end)
    return [*starts, *ends]

# %% right="9.2"
# the friend's, with what was cut off taken back
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    width, height = width + (x - left) + margin, height + (y - top) + margin
    return left, top, min(left + width, photo_width), min(top + height, photo_height)

# %% right="9.2"
def grown(box, margin, photo_width, photo_height):
    def between(value, limit):
        return sorted((0, value, limit))[1]

    x, y, w, h = box
    left, top = between(x - margin, photo_width), between(y - margin, photo_height)
    return left, top, between(x + w + margin, photo_width), between(y + h + margin, photo_height)

# %% right="9.2"
def grown(box, margin, photo_width, photo_height):
    left = box[0] - margin
    top = box[1] - margin
    right = left + box[2] + 2 * margin
    bottom = top + box[3] + 2 * margin
    if left < 0:
        left = 0
    if top < 0:
        top = 0
    if right > photo_width:
        right = photo_width
    if bottom > photo_height:
        bottom = photo_height
    return left, top, right, bottom

# %% wrong="9.2"
# the friend's
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    x, y = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return x, y, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# right in the middle; too far after a cut at the left or the top
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    x, y = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + 2 * margin, y + height + 2 * margin
    return x, y, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# mended for x, not for y
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right = x + width + margin
    x, y = max(x - margin, 0), max(y - margin, 0)
    bottom = y + height + margin
    return x, y, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# no margin at the right and the bottom
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    return left, top, min(x + width, photo_width), min(y + height, photo_height)

# %% wrong="9.2"
# no margin at the left and the top
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right, bottom = x + width + margin, y + height + margin
    return x, y, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# twice the margin at the right and the bottom
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + 2 * margin, y + height + 2 * margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# half on each side
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    half = margin / 2
    left, top = max(x - half, 0), max(y - half, 0)
    return left, top, min(x + width + half, photo_width), min(y + height + half, photo_height)

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    return x - margin, y - margin, x + width + margin, y + height + margin

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    return max(x - margin, 0), max(y - margin, 0), x + width + margin, y + height + margin

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right, bottom = min(x + width + margin, photo_width), min(y + height + margin, photo_height)
    return x - margin, y - margin, right, bottom

# %% wrong="9.2"
# width and height of the photo mixed up
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_height), min(bottom, photo_width)

# %% wrong="9.2"
# width and height of the box mixed up
def grown(box, margin, photo_width, photo_height):
    x, y, height, width = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# row and column mixed up
def grown(box, margin, photo_width, photo_height):
    y, x, height, width = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# (x, y, width, height) comes back
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right = min(x + width + margin, photo_width)
    bottom = min(y + height + margin, photo_height)
    return left, top, right - left, bottom - top

# %% wrong="9.2"
# the order
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right = min(x + width + margin, photo_width)
    bottom = min(y + height + margin, photo_height)
    return left, right, top, bottom

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right = min(x + width + margin, photo_width)
    bottom = min(y + height + margin, photo_height)
    return top, left, bottom, right

# %% wrong="9.2"
# two corners
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right, bottom = min(x + width + margin, photo_width), min(y + height + margin, photo_height)
    return right, bottom

# %% wrong="9.2"
# the box taken for (left, top, right, bottom)
def grown(box, margin, photo_width, photo_height):
    left, top, right, bottom = box
    left, top = max(left - margin, 0), max(top - margin, 0)
    return left, top, min(right + margin, photo_width), min(bottom + margin, photo_height)

# %% wrong="9.2"
# x and y taken for the middle
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    across, down = width / 2 + margin, height / 2 + margin
    left, top = max(x - across, 0), max(y - down, 0)
    return left, top, min(x + across, photo_width), min(y + down, photo_height)

# %% wrong="9.2"
# y counted from below
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, right = max(x - margin, 0), min(x + width + margin, photo_width)
    top, bottom = min(y + margin, photo_height), max(y - height - margin, 0)
    return left, top, right, bottom

# %% wrong="9.2"
# the margin as a share of the box, as in `covered`
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    extra = margin * max(width, height)
    left, top = max(x - extra, 0), max(y - extra, 0)
    return left, top, min(x + width + extra, photo_width), min(y + height + extra, photo_height)

# %% wrong="9.2"
# the course's picture size for the photo's
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    size = course.image_size
    return left, top, min(x + width + margin, size), min(y + height + margin, size)

# %% wrong="9.2"
# a row of the notebook for the argument
def grown(box, margin, photo_width, photo_height):
    row = some[0]
    left, top = max(row.x - margin, 0), max(row.y - margin, 0)
    right, bottom = row.x + row.width + margin, row.y + row.height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# always six
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    margin = 6
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# ends one pixel too early
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width - 1), min(bottom, photo_height - 1)

# %% wrong="9.2"
# the last pixel of the box instead of its end
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width - 1 + margin, y + height - 1 + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# begins at one
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 1), max(y - margin, 1)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# max and min mixed up
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = min(x - margin, 0), min(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, max(right, photo_width), max(bottom, photo_height)

# %% wrong="9.2"
# it shrinks
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x + margin, 0), max(y + margin, 0)
    right, bottom = x + width - margin, y + height - margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# mirrored at the edge
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = abs(x - margin), abs(y - margin)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# cut first, grown afterwards
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x, 0) - margin, max(y, 0) - margin
    right, bottom = min(x + width, photo_width), min(y + height, photo_height)
    return left, top, right + margin, bottom + margin

# %% wrong="9.2"
# moved into the picture, as large as before
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    wide, high = width + 2 * margin, height + 2 * margin
    left = min(max(x - margin, 0), max(photo_width - wide, 0))
    top = min(max(y - margin, 0), max(photo_height - high, 0))
    return left, top, min(left + wide, photo_width), min(top + high, photo_height)

# %% wrong="9.2"
# as much on each side as there is room for on all
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    room = min(margin, x, y, photo_width - x - width, photo_height - y - height)
    return x - room, y - room, x + width + room, y + height + room

# %% wrong="9.2"
# it grows only where all of it fits
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top, right, bottom = x - margin, y - margin, x + width + margin, y + height + margin
    if left < 0 or top < 0 or right > photo_width or bottom > photo_height:
        return x, y, x + width, y + height
    return left, top, right, bottom

# %% wrong="9.2"
# at most one side is cut
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top, right, bottom = x - margin, y - margin, x + width + margin, y + height + margin
    if left < 0:
        left = 0
    elif top < 0:
        top = 0
    elif right > photo_width:
        right = photo_width
    elif bottom > photo_height:
        bottom = photo_height
    return left, top, right, bottom

# %% wrong="9.2"
# right only for whole numbers
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = (int(value) for value in box)
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# below zero a uint16 begins again at 65,535
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = np.asarray(box).astype("uint16")
    left, top = max(x - np.uint16(margin), 0), max(y - np.uint16(margin), 0)
    right, bottom = x + width + np.uint16(margin), y + height + np.uint16(margin)
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# a slice's thinking: round to the other side
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = (x - margin) % photo_width, (y - margin) % photo_height
    right, bottom = x + width + margin, y + height + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# the width for the height
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right, bottom = x + width + margin, y + width + margin
    return left, top, min(right, photo_width), min(bottom, photo_height)

# %% wrong="9.2"
# x is forgotten
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    return left, top, min(width + margin, photo_width), min(height + margin, photo_height)

# %% wrong="9.2"
# one number for both sizes
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    sides = [x - margin, y - margin, x + width + margin, y + height + margin]
    return np.clip(sides, 0, max(photo_width, photo_height))

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    print(
        max(x - margin, 0),
        max(y - margin, 0),
        min(x + width + margin, photo_width),
        min(y + height + margin, photo_height),
    )

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    right, bottom = x + width + margin, y + height + margin
    ...  # your code here

# %% wrong="9.2"
def grown(box, margin, photo_width, photo_height):
    return box

# %% wrong="9.2"
# back after the first side
def grown(box, margin, photo_width, photo_height):
    sides = []
    for begin, length, limit in zip(box[:2], box[2:], (photo_width, photo_height)):
        sides += [max(begin - margin, 0), min(begin + length + margin, limit)]
        return sides

# %% wrong="9.2"
# unclear: right, but as the picture's share
def grown(box, margin, photo_width, photo_height):
    x, y, width, height = box
    left, top = max(x - margin, 0), max(y - margin, 0)
    right = min(x + width + margin, photo_width)
    bottom = min(y + height + margin, photo_height)
    return left / photo_width, top / photo_height, right / photo_width, bottom / photo_height

# %% untried="9.3"
conclusion = ...  # your answer here

# %% right="9.3"
conclusion = "a"  # your answer here

# %% right="9.3"
conclusion = "A"

# %% right="9.3"
conclusion = "A. "

# %% right="9.3"
conclusion = "\n a"

# %% right="9.3"
conclusion = min("abcd")

# %% right="9.3"
# unclear: the letter with its bracket
conclusion = "a)"

# %% wrong="9.3"
conclusion = "b"

# %% wrong="9.3"
conclusion = "c"

# %% wrong="9.3"
conclusion = "d"

# %% wrong="9.3"
conclusion = " C."

# %% wrong="9.3"
conclusion = "e"

# %% wrong="9.3"
conclusion = "ac"

# %% wrong="9.3"
conclusion = "a and b"

# %% wrong="9.3"
conclusion = "bcd"

# %% wrong="9.3"
conclusion = "It goes by the background and not by the bird."

# %% wrong="9.3"
conclusion = "nothing"

# %% wrong="9.3"
conclusion = 1

# %% wrong="9.3"
# the share, corrected downwards
conclusion = whole["correct"].mean() - everything[1]["correct"].mean()

# %% wrong="9.3"
conclusion = ["a", "c"]

# %% wrong="9.3"
conclusion = None

# %% wrong="9.3"
conclusion = False

# %% wrong="9.3" tags=["stops"]
conclusion = a

# %% untried="9.4"
habit = ...  # your answer here

# %% right="9.4"
row = table.loc["unseen"]
lost = row["one place", "one place"] - row["one place", "any place"]
anyway = row["any place", "one place"] - row["any place", "any place"]
habit = lost - anyway  # your answer here

# %% right="9.4"
habit = (
    table.loc["unseen", ("one place", "one place")]
    - table.loc["unseen", ("one place", "any place")]
    - table.loc["unseen", ("any place", "one place")]
    + table.loc["unseen", ("any place", "any place")]
)

# %% right="9.4"
# the other way round: first by test, then by training
square = table.loc["unseen"].unstack().loc[list(places), list(places)].to_numpy()
better = square[0] - square[1]
habit = better[0] - better[1]

# %% right="9.4"
habit = np.dot(table.loc["unseen"].to_numpy(), [1, -1, -1, 1])

# %% right="9.4"
def lost_elsewhere(trained):
    both = [exams[trained, tested].query("not known")["correct"].mean() for tested in places]
    return both[0] - both[1]


habit = float(lost_elsewhere("one place") - lost_elsewhere("any place"))

# %% right="9.4"
losses = {}
for trained in places:
    accuracy = table[trained].loc["unseen"]
    losses[trained] = accuracy["one place"] - accuracy["any place"]
habit = np.array(losses["one place"] - losses["any place"])

# %% right="9.4"
# unclear: rounded to tenths of a per cent
oo, oa, ao, aa = table.loc["unseen"]
habit = round((oo - oa) - (ao - aa), 3)

# %% right="9.4"
# unclear: from the numbers as the table shows them; that is up to two points off
oo, oa, ao, aa = table.round(2).loc["unseen"]
habit = (oo - oa) - (ao - aa)

# %% wrong="9.4"
# without the control
habit = table.loc["unseen", ("one place", "one place")] - table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# both elsewhere: two heads, no loss
habit = table.loc["unseen", ("any place", "any place")] - table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# both at home: what the habit gains there
habit = table.loc["unseen", ("one place", "one place")] - table.loc["unseen", ("any place", "one place")]

# %% wrong="9.4"
# each at home
habit = table.loc["unseen", ("one place", "one place")] - table.loc["unseen", ("any place", "any place")]

# %% wrong="9.4"
# each away
habit = table.loc["unseen", ("any place", "one place")] - table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# what any head loses
habit = table.loc["unseen", ("any place", "one place")] - table.loc["unseen", ("any place", "any place")]

# %% wrong="9.4"
# the sign
oo, oa, ao, aa = table.loc["unseen"]
habit = (oa - oo) - (aa - ao)

# %% wrong="9.4"
# added instead of taken away
oo, oa, ao, aa = table.loc["unseen"]
habit = (oo - oa) + (ao - aa)

# %% wrong="9.4"
# a bracket is missing
oo, oa, ao, aa = table.loc["unseen"]
habit = oo - oa - ao - aa

# %% wrong="9.4"
oo, oa, ao, aa = table.loc["seen"]
habit = (oo - oa) - (ao - aa)

# %% wrong="9.4"
# the mean of seen and unseen
oo, oa, ao, aa = table.mean()
habit = (oo - oa) - (ao - aa)

# %% wrong="9.4"
# both rows
habit = (
    table["one place", "one place"]
    - table["one place", "any place"]
    - table["any place", "one place"]
    + table["any place", "any place"]
)

# %% wrong="9.4"
# the difference of the habits
each = table.to_numpy() @ [1, -1, -1, 1]
habit = each[0] - each[1]

# %% wrong="9.4"
# in points
oo, oa, ao, aa = table.loc["unseen"]
habit = 100 * ((oo - oa) - (ao - aa))

# %% wrong="9.4"
oo, oa, ao, aa = table.loc["unseen"]
habit = f"{(oo - oa) - (ao - aa):.0%}"

# %% wrong="9.4"
# the mean of two losses' difference
oo, oa, ao, aa = table.loc["unseen"]
habit = ((oo - oa) - (ao - aa)) / 2

# %% wrong="9.4"
# a share of what it was
oo, oa, ao, aa = table.loc["unseen"]
habit = (oo - oa) / oo

# %% wrong="9.4"
# a share of what it was, beside the control's
oo, oa, ao, aa = table.loc["unseen"]
habit = (oo - oa) / oo - (ao - aa) / ao

# %% wrong="9.4"
# which part of the loss
oo, oa, ao, aa = table.loc["unseen"]
habit = 1 - (ao - aa) / (oo - oa)

# %% wrong="9.4"
# what is left of it
oo, oa, ao, aa = table.loc["unseen"]
habit = (oa / oo) / (aa / ao)

# %% wrong="9.4"
# the number of the example
habit = table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# its mistakes elsewhere
habit = 1 - table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# the two losses, not their difference
oo, oa, ao, aa = table.loc["unseen"]
habit = [oo - oa, ao - aa]

# %% wrong="9.4"
# means of heads
oo, oa, ao, aa = table.loc["unseen"]
habit = (oo + oa) / 2 - (ao + aa) / 2

# %% wrong="9.4"
# unseen against seen
habit = table.loc["seen", ("one place", "any place")] - table.loc["unseen", ("one place", "any place")]

# %% wrong="9.4"
# the unseen one's loss, with the seen one's as the control
loss = table["one place", "one place"] - table["one place", "any place"]
habit = loss["unseen"] - loss["seen"]

# %% wrong="9.4"
# how many pictures, not how often
right = {k: a.query("not known")["correct"].sum() for k, a in exams.items()}
oo, oa, ao, aa = right.values()
habit = (oo - oa) - (ao - aa)

# %% wrong="9.4"
oo, oa, ao, aa = table.loc["unseen"]
habit = print((oo - oa) - (ao - aa))

# %% wrong="9.4"
habit = table

# %% wrong="9.4"
habit = table.loc["unseen"]

# %% wrong="9.4"
# the place itself
habit = "one place"

# %% wrong="9.4"
habit = 0

# %% wrong="9.4"
habit = 0.99

# %% wrong="9.4"
habit = None

# %% wrong="9.4" tags=["stops"]
habit = table["unseen", ("one place", "any place")] - table["unseen", ("one place", "one place")]

# %% untried="9.5"
sentence = ...  # your answer here

# %% right="9.5"
sentence = "b"  # your answer here

# %% right="9.5"
sentence = "B"

# %% right="9.5"
sentence = "b."

# %% right="9.5"
sentence = "  B. "

# %% right="9.5"
sentence = dict(zip(("better", "open", "equal", "simpler"), "abcd"))["open"]

# %% right="9.5"
# unclear: the letter with its brackets
sentence = "(b)"

# %% wrong="9.5"
sentence = "a"

# %% wrong="9.5"
sentence = "c"

# %% wrong="9.5"
sentence = "d"

# %% wrong="9.5"
sentence = "A."

# %% wrong="9.5"
sentence = "f"

# %% wrong="9.5"
sentence = "bd"

# %% wrong="9.5"
sentence = "c or d"

# %% wrong="9.5"
sentence = "b, but a too"

# %% wrong="9.5"
# unclear: the right sentence itself; the question says "which sentence", and does not mention letters
sentence = "Which is better is open; they differ by five points at most."

# %% wrong="9.5"
sentence = "The second is better, if only by half a point on this test."

# %% wrong="9.5"
sentence = "not significant"

# %% wrong="9.5"
sentence = 2

# %% wrong="9.5"
sentence = 0.005

# %% wrong="9.5"
sentence = gain(whole, examine(crops, crops))

# %% wrong="9.5"
sentence = ("b",)

# %% wrong="9.5"
sentence = None

# %% untried="9.5"
sentence = ""

# %% wrong="9.5" tags=["stops"]
sentence = b
