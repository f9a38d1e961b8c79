"""What leaves the warehouse as a file: what an export holds, and its formats."""
