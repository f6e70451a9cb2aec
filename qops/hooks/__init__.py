"""qops inside git: what `git diff` and `git merge` see, what commits and pushes are held against, setting it up."""
