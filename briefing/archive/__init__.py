"""The archive: published issues as files, whole or not at all."""
