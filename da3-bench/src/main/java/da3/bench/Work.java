package da3.bench;

/**
 * The arithmetic, memory traffic and time of operations.
 *
 * @param calls number of operations
 * @param flop two per multiply-add of matrix products and direct convolutions, without padding; 0 for other operations,
 *     which are limited by memory
 * @param bytes compulsory traffic: every input and output once
 * @param floorSeconds minimum time of the separate operations on this machine
 * @param seconds measured time
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
