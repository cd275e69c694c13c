"""Hostile input, faults and floods against the whole book: what one does is felt by nobody else."""
