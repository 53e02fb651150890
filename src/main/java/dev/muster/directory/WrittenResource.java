package dev.muster.directory;

/**
 * A resource after a write.
 *
 * @param resource as it is stored now; after a deletion as it was
 * @param notes what is said of the write in the log
 */
public record WrittenResource(StoredResource resource, WriteNotes notes) {}
