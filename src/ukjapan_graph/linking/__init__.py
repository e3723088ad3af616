"""What ties the graph to the world: outside facts set against the documents, and neighbours that are asked."""
