package da3.core;

/**
 * The result of checking, before anything is decoded, whether a request fits into memory.
 *
 * @param fits whether it fits
 * @param neededBytes bytes needed of the memory that is short, or beyond the JVM if none is
 * @param availableBytes bytes available of that memory; {@link Long#MAX_VALUE} where the system does not tell
 * @param viewsThatFit number of images, counted from the first, that fit; all of them if the request fits
 * @param heapBytes bytes of the Java heap that the request needs while it runs
 * @param passingBytes bytes beyond the JVM that the request needs while it runs and then releases
 * @param sentence what is needed, what is available, and how many views fit
 */
public record MemoryCheck(
        boolean fits,
        long neededBytes,
        long availableBytes,
        int viewsThatFit,
        long heapBytes,
        long passingBytes,
        String sentence) {}
