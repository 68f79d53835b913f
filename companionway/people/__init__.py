"""Who there is: organisations, programmes and their practice models, persons, roles, consent, sign-in, profiles."""
