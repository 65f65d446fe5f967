"""From slides/*.py to decks: executed notebooks, one HTML file each, and a look at them in a browser."""
