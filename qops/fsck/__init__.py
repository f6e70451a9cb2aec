"""The slice that examines the store and puts it right, and says what in it nothing needs: fsck, gc."""
