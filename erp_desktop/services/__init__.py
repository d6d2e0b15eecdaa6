"""What the program can do, without Qt, so that the worker and the command line use it too."""
