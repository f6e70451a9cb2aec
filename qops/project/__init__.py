"""Making a place ready for qops: an existing repository, or a pilot project to try everything on."""
