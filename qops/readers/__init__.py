"""The reading edge: circuits from OpenQASM, QPY and the user's Python, foreign readers contained in a child process."""
