package da3.nn.nd4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

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
        final DataBuffer buffer;
        final long length;
        private final TreeMap<Long, Long> free = new TreeMap<>();

        Slab(long length) {
            this.buffer = Nd4j.createBuffer(DataType.FLOAT, length, false);
            this.length = length;
            free.put(0L, length);
        }

        boolean isUnused() {
            return free.size() == 1 && free.firstEntry().getValue() == length;
        }
    }

    private final List<Slab> slabs = new ArrayList<>();

    /** The tightest block that fits. */
    Block take(long floats) {
        return take(floats, false);
    }

    /** The tightest block that fits and begins where its slab begins. */
    Block takeAtStart(long floats) {
        return take(floats, true);
    }

    private Block take(long floats, boolean atStart) {
        long length = (floats + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        Slab best = null;
        Map.Entry<Long, Long> tightest = null;
        for (Slab slab : slabs) {
            for (Map.Entry<Long, Long> part : slab.free.entrySet()) {
                boolean fits = part.getValue() >= length && (!atStart || part.getKey() == 0);
                if (fits && (tightest == null || part.getValue() < tightest.getValue())) {
                    best = slab;
                    tightest = Map.entry(part.getKey(), part.getValue());
                }
            }
        }
        if (best == null) {
            best = new Slab(Math.max(length, SLAB));
            slabs.add(best);
            tightest = Map.entry(0L, best.length);
        }
        long offset = tightest.getKey();
        best.free.remove(offset);
        if (tightest.getValue() > length) {
            best.free.put(offset + length, tightest.getValue() - length);
        }
        return new Block(best, offset, length);
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

    /** Releases unused slabs, the largest first, until those left hold no more than so many floats. */
    void shrinkTo(long floats) {
        long held = slabs.stream().mapToLong(slab -> slab.length).sum();
        slabs.sort((a, b) -> Long.compare(b.length, a.length));
        Iterator<Slab> iterator = slabs.iterator();
        while (held > floats && iterator.hasNext()) {
            Slab slab = iterator.next();
            if (slab.isUnused()) {
                iterator.remove();
                held -= slab.length;
                slab.buffer.close();
            }
        }
    }
}
