"""The same seed gives the same picture, everywhere."""

import hashlib

from course_utils.sketchbook import bird_picture, pet_picture, thing_picture


def test_the_same_seed_gives_the_same_bytes_on_any_machine():
    drawn = (bird_picture("Orchard Seedkin"), pet_picture("Harbour_Tabby"), thing_picture("teapot"))
    digests = [hashlib.sha256(photo.image.tobytes()).hexdigest()[:16] for photo in drawn]
    # Another digest on another machine is a bug. After a change to the drawings: make backbone, then new digests here.
    assert digests == ["0565d30ed46d05f5", "9d770bd7199ad6f3", "6e84c87da51bada8"]


def test_so_does_what_no_backbone_has_seen_and_any_busy_place():
    places = {"rowan leaf": "litter", "plane leaf": "hedge", "alder leaf": "gravel", "hoverfly": None}
    drawn = [thing_picture(name, habitat=habitat).image.tobytes() for name, habitat in places.items()]
    digests = [hashlib.sha256(pixels).hexdigest()[:16] for pixels in drawn]
    # After a change to these drawings: new digests here, and `make study`.
    assert digests == ["7a4e7daae2240c63", "6bb14130c8d12c1a", "2369f8c902085035", "1ab58fb5af383de7"]
