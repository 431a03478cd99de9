"""Topics: passages by their embeddings to themes that keep their numbers, and the words that the register lacks."""
