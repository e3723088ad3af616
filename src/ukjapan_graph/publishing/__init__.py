"""The pages' floor: what there is to say of each term, and the static pages that say it."""
