package da3.nn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Memory in a few large slabs, handed out in blocks. It has no locks.
 *
 * <p>Slabs are large enough that the C library maps each by itself, so what is given back really goes back, and calls of
 * changing shapes do not leave holes between them.
 *
 * @param <M> the engine's allocations
 */
public final class Arena<M> {

    /** Floats of a slab, 64 MiB; a larger block has a slab to itself. */
    private static final long SLAB = 16L << 20;

    /** Floats that blocks begin at multiples of: a cache line. */
    private static final long ALIGNMENT = 16;

    /**
     * Part of a slab.
     *
     * @param offset in floats from where the slab's memory begins
     * @param floats at least as many as were asked for
     */
    public record Block<M>(Slab<M> slab, long offset, long floats) {

        /** What the block is part of. */
        public M memory() {
            return slab.memory;
        }
    }

    /** One allocation, and its unused parts: where they begin, and how many floats they have. */
    public static final class Slab<M> {
        private final M memory;
        private final long floats;
        private final TreeMap<Long, Long> free = new TreeMap<>();
        private long touched; // floats from the beginning that were ever handed out

        private Slab(M memory, long floats) {
            this.memory = memory;
            this.floats = floats;
            free.put(0L, floats);
        }

        /** Takes the beginning of an unused part. */
        private Block<M> cut(long offset, long length) {
            long rest = free.remove(offset) - length;
            if (rest > 0) {
                free.put(offset + length, rest);
            }
            return new Block<>(this, offset, length);
        }

        private boolean isUnused() {
            return free.size() == 1 && free.firstEntry().getValue() == floats;
        }
    }

    private final LongFunction<M> allocate;
    private final Consumer<M> release;
    private final List<Slab<M>> slabs = new ArrayList<>();
    private long touched; // of all slabs; memory beyond is mapped but never resident
    private long peak;

    /**
     * @param allocate so many floats, of arbitrary values
     * @param release called once for each of them
     */
    public Arena(LongFunction<M> allocate, Consumer<M> release) {
        this.allocate = allocate;
        this.release = release;
    }

    /** The first block that fits: low addresses are used again and again, high ones are never touched. */
    public Block<M> take(long floats) {
        long length = Math.max(1, (floats + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        for (Slab<M> slab : slabs) {
            for (Map.Entry<Long, Long> part : slab.free.entrySet()) {
                if (part.getValue() >= length) {
                    return touch(slab.cut(part.getKey(), length));
                }
            }
        }
        long size = Math.max(length, SLAB);
        Slab<M> slab = new Slab<>(allocate.apply(size), size);
        slabs.add(slab);
        return touch(slab.cut(0, length));
    }

    private Block<M> touch(Block<M> block) {
        long more = block.offset + block.floats - block.slab.touched;
        if (more > 0) {
            block.slab.touched += more;
            touched += more;
            peak = Math.max(peak, touched);
        }
        return block;
    }

    /** The most floats that were resident at a time so far. */
    public long peak() {
        return peak;
    }

    /** Takes a block back and joins it with its unused neighbors. */
    public void give(Block<M> block) {
        TreeMap<Long, Long> free = block.slab.free;
        long offset = block.offset;
        long length = block.floats;
        Long next = free.remove(offset + length);
        length += next == null ? 0 : next;
        Map.Entry<Long, Long> before = free.lowerEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            offset = before.getKey();
            length += before.getValue();
        }
        free.put(offset, length);
    }

    /** Releases unused slabs, the last taken first, until those left hold no more than so many floats. */
    public void shrinkTo(long floats) {
        long held = slabs.stream().mapToLong(slab -> slab.floats).sum();
        for (int i = slabs.size() - 1; i >= 0 && held > floats; i--) {
            if (slabs.get(i).isUnused()) {
                Slab<M> slab = slabs.remove(i);
                held -= slab.floats;
                touched -= slab.touched;
                release.accept(slab.memory);
            }
        }
    }
}
