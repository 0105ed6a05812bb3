package da3.core;

/**
 * Whether a request fits into the memory, looked at before anything is decoded.
 *
 * @param fits whether it does
 * @param neededBytes what it takes of the memory that is short, or if none is, beyond the JVM
 * @param availableBytes what there is of that memory; {@link Long#MAX_VALUE} where the system does not tell
 * @param viewsThatFit so many of its photos, from the first, would fit; all of them if it fits
 * @param heapBytes what it takes of the Java heap while it runs
 * @param passingBytes what it takes beyond the JVM while it runs, and gives back
 * @param sentence what is needed, what there is and what is legal
 */
public record MemoryCheck(
        boolean fits,
        long neededBytes,
        long availableBytes,
        int viewsThatFit,
        long heapBytes,
        long passingBytes,
        String sentence) {}
