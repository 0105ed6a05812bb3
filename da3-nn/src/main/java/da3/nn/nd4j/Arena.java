package da3.nn.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory in a few large slabs, handed out in blocks.
 *
 * <p>Slabs are large enough that the C library maps each by itself, so what is given back really goes back, and calls of
 * changing shapes do not leave holes between them.
 */
final class Arena {

    /** Floats of a slab, 64 MiB; a larger block has a slab to itself. */
    private static final long SLAB = 16L << 20;

    /** Floats that blocks begin at multiples of: a cache line. */
    private static final long ALIGNMENT = 16;

    /** Part of a slab. */
    record Block(Slab slab, long offset, long length) {}

    /** One allocation, and its unused parts by offset. */
    static final class Slab {
        final FloatMemory memory;
        final Views views;
        final long length;
        private final TreeMap<Long, Long> free = new TreeMap<>();
        private long touched; // floats from the beginning that were ever handed out

        Slab(long length) {
            this.memory = new FloatMemory(length);
            this.views = new Views(memory.buffer);
            this.length = length;
            free.put(0L, length);
        }

        /** Takes the beginning of an unused part. */
        private Block cut(long offset, long length) {
            long rest = free.remove(offset) - length;
            if (rest > 0) {
                free.put(offset + length, rest);
            }
            return new Block(this, offset, length);
        }

        boolean isUnused() {
            return free.size() == 1 && free.firstEntry().getValue() == length;
        }
    }

    private final List<Slab> slabs = new ArrayList<>();
    private long touched; // of all slabs; memory beyond is mapped but never resident
    private long peak;

    /** The first block that fits: low addresses are used again and again, high ones are never touched. */
    Block take(long floats) {
        long length = (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        for (Slab slab : slabs) {
            for (Map.Entry<Long, Long> part : slab.free.entrySet()) {
                if (part.getValue() >= length) {
                    return touch(slab.cut(part.getKey(), length));
                }
            }
        }
        Slab slab = new Slab(Math.max(length, SLAB));
        slabs.add(slab);
        return touch(slab.cut(0, length));
    }

    private Block touch(Block block) {
        long more = block.offset + block.length - block.slab.touched;
        if (more > 0) {
            block.slab.touched += more;
            touched += more;
            peak = Math.max(peak, touched);
        }
        return block;
    }

    /** The most floats that were resident at a time so far. */
    long peak() {
        return peak;
    }

    /** Takes a block back and joins it with its unused neighbours. */
    void give(Block block) {
        TreeMap<Long, Long> free = block.slab.free;
        long offset = block.offset;
        long length = block.length;
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
    void shrinkTo(long floats) {
        long held = slabs.stream().mapToLong(slab -> slab.length).sum();
        for (int i = slabs.size() - 1; i >= 0 && held > floats; i--) {
            if (slabs.get(i).isUnused()) {
                Slab slab = slabs.remove(i);
                held -= slab.length;
                touched -= slab.touched;
                slab.memory.release();
            }
        }
    }
}
