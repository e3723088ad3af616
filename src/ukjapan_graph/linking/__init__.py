"""What ties the graph to the world: outside facts, neighbours that are asked, and names that are alike."""
