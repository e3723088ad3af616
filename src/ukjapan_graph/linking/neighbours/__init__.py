"""Neighbours that are asked: questions that they answer in part, recordings, and the links put to them."""
