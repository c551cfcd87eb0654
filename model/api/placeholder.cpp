// Replace me with the first real file of this folder.
