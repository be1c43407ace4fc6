"""What every document stands on: frozen values, and the small tables that people keep beside the chain."""
