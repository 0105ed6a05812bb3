package da3.core;

/**
 * Whether a request fits into memory, checked before its images are decoded.
 *
 * @param fits whether the request fits
 * @param neededBytes bytes that the request needs: of the Java heap if that is too small, otherwise outside it
 * @param availableBytes available bytes of the same memory; {@link Long#MAX_VALUE} if unknown
 * @param viewsThatFit number of images, counted from the first, that fit; all of them if the request fits
 * @param heapBytes bytes of the Java heap that the request needs while it runs
 * @param temporaryBytes bytes outside the Java heap that the request needs while it runs
 * @param sentence message with the needed memory, the available memory, and the number of views that fit
 */
public record MemoryCheck(
        boolean fits,
        long neededBytes,
        long availableBytes,
        int viewsThatFit,
        long heapBytes,
        long temporaryBytes,
        String sentence) {}
