"""What ties the graph to the world: outside facts set against the documents."""
