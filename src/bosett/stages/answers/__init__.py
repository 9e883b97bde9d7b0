"""Answers: how many municipalities will decide to take and how many they will have settled, as earlier years went."""
