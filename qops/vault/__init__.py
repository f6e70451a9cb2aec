"""The storage edge: files, git, DVC and the lock, behind the doors of `qops.model.ports`."""
