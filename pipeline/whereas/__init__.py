"""whereas reads resolutions: it finds their clauses and says what each clause does."""
