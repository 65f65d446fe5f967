"""From lessons to notebooks: their cells, executed, as they are stored; and a linter for lessons."""
