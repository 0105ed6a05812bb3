package da3.onednn;

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
    record Block(Part of, long offset, long floats) {
        long address() {
            return of.slab.address + 4 * offset;
        }
    }

    /** A slab, and its unused parts: where they begin, and how many floats they have. */
    static final class Part {
        final Slab slab;
        private final TreeMap<Long, Long> free = new TreeMap<>();

        Part(long floats) {
            this.slab = new Slab(floats);
            free.put(0L, floats);
        }

        private Block cut(long offset, long floats) {
            long rest = free.remove(offset) - floats;
            if (rest > 0) {
                free.put(offset + floats, rest);
            }
            return new Block(this, offset, floats);
        }

        private boolean isUnused() {
            return free.size() == 1 && free.firstEntry().getValue() == slab.floats;
        }
    }

    private final List<Part> slabs = new ArrayList<>();

    /** The first block that fits: low addresses are used again and again, high ones are never touched. */
    Block take(long floats) {
        long length = Math.max(1, (floats + ALIGNMENT - 1) / ALIGNMENT) * ALIGNMENT;
        for (Part part : slabs) {
            for (Map.Entry<Long, Long> hole : part.free.entrySet()) {
                if (hole.getValue() >= length) {
                    return part.cut(hole.getKey(), length);
                }
            }
        }
        Part part = new Part(Math.max(length, SLAB));
        slabs.add(part);
        return part.cut(0, length);
    }

    /** Takes a block back and joins it with its unused neighbours. */
    void give(Block block) {
        TreeMap<Long, Long> free = block.of.free;
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
    void shrinkTo(long floats) {
        long held = slabs.stream().mapToLong(part -> part.slab.floats).sum();
        for (int i = slabs.size() - 1; i >= 0 && held > floats; i--) {
            if (slabs.get(i).isUnused()) {
                Part part = slabs.remove(i);
                held -= part.slab.floats;
                part.slab.close();
            }
        }
    }
}
