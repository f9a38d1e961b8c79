"""So sánh: up to twelve units side by side, as a table, as small multiples and as a heatmap."""
