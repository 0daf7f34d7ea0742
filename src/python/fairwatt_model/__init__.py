"""What predict.py does with a model of the user's: loading it, giving it rows, checking what it answers."""
