package da3.bench;

/**
 * What operations had to do, and how long they took.
 *
 * @param calls of operations
 * @param flop two for every multiplication and addition of a matrix product or a convolution by its definition, zeros of
 *     the padding left out; nothing for all else, which memory bounds
 * @param bytes the compulsory traffic: everything that goes in or comes out, once
 * @param floorSeconds less than that no implementation of the operations one by one takes on this machine
 * @param seconds measured
 */
record Work(long calls, double flop, double bytes, double floorSeconds, double seconds) {

    static final Work NONE = new Work(0, 0, 0, 0, 0);

    Work plus(Work other) {
        return new Work(
                calls + other.calls,
                flop + other.flop,
                bytes + other.bytes,
                floorSeconds + other.floorSeconds,
                seconds + other.seconds);
    }
}
