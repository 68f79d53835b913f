"""Honest figures about the service, small numbers hidden: waits and introductions by group."""
