"""A concern: one press to a named person, climbing until somebody has it; then decided together and looked after."""
