"""One module for each framework, with a function `wrap(module)` that is given what was just imported."""
