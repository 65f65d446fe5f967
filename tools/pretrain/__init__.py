"""Pre-train the mini backbone on the drawn source set: pictures, recipe, run, and what the run leaves behind."""
