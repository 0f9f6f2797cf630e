"""Speakers: whose words a source stands for, by rules and by what the text tells of everybody who may be meant."""
