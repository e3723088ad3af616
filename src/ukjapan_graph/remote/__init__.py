"""What every talk with a server needs: an address, who is asking, and what a refusal means."""
