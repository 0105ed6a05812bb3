package da3.nn.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * An allocator of memory blocks from a few large slabs. Not thread-safe.
 *
 * <p>Slabs are so large that the C library maps each of them separately. Released slabs are therefore returned to the
 * system, and calls with changing shapes do not fragment the heap.
 *
 * @param <M> type of the allocations of an engine
 */
public final class Arena<M> {

    /** Alignment of blocks in floats: a cache line. */
    private static final long ALIGNMENT = 16;

    /**
     * A part of a slab.
     *
     * @param offset offset in the memory of the slab, in floats
     * @param floats size, at least the requested number of floats
     */
    public record Block<M>(Slab<M> slab, long offset, long floats) {

        /** Returns the allocation that contains the block. */
        public M memory() {
            return slab.memory;
        }
    }

    /** One allocation with its free ranges. */
    public static final class Slab<M> {
        private final M memory;
        private final long floats;
        private final TreeMap<Long, Long> free = new TreeMap<>(); // offset to length, in floats
        private long touched; // high-water mark in floats

        private Slab(M memory, long floats) {
            this.memory = memory;
            this.floats = floats;
            free.put(0L, floats);
        }

        /** Allocates the beginning of a free range. */
        private Block<M> split(long offset, long length) {
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

    private final long slabFloats;
    private final LongFunction<M> allocate;
    private final Consumer<M> release;
    private final List<Slab<M>> slabs = new ArrayList<>();
    private long touched; // sum over all slabs; memory beyond is mapped but not resident
    private long peak;

    /**
     * @param slabFloats floats of a slab; a larger block has its own slab. Blocks of very different sizes fit badly into
     *     several small slabs. On the host, memory that no block has used yet is not resident.
     * @param allocate allocates a number of floats with uninitialized values
     * @param release releases an allocation
     */
    public Arena(long slabFloats, LongFunction<M> allocate, Consumer<M> release) {
        this.slabFloats = slabFloats;
        this.allocate = allocate;
        this.release = release;
    }

    /** Allocates the first block that fits, so that low addresses are reused and high ones stay untouched. */
    public Block<M> allocate(long floats) {
        long length = Math.max(1, (floats + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        for (Slab<M> slab : slabs) {
            for (Map.Entry<Long, Long> range : slab.free.entrySet()) {
                if (range.getValue() >= length) {
                    return touch(slab.split(range.getKey(), length));
                }
            }
        }
        long size = Math.max(length, slabFloats);
        Slab<M> slab = new Slab<>(allocate.apply(size), size);
        slabs.add(slab);
        return touch(slab.split(0, length));
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

    /** Returns the peak of resident floats so far. */
    public long peak() {
        return peak;
    }

    /** Frees a block and merges it with free neighbors. */
    public void free(Block<M> block) {
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

    /** Releases unused slabs, the newest first, until the remaining ones have at most this many resident floats. */
    public void shrinkTo(long floats) {
        for (int i = slabs.size() - 1; i >= 0 && touched > floats; i--) {
            if (slabs.get(i).isUnused()) {
                Slab<M> slab = slabs.remove(i);
                touched -= slab.touched;
                release.accept(slab.memory);
            }
        }
    }
}
