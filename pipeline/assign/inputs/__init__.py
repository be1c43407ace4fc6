"""What people decided and what is known of them → one problem in arrays."""
