package dev.muster.directory;

/** A batch of writes that must not stand as a whole: it is rolled back, and its writes are tried in smaller batches. */
final class BatchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BatchRefusedException(String reason) {
        super(reason, null, false, false);
    }
}
