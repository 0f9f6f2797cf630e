"""What is measured, against whom, on which data; one command each."""
