package da3.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArenaTest {

    private static final long SLAB = 16 << 20;

    /** Allocations are represented by their sizes. */
    private final List<Long> held = new ArrayList<>();

    private final Arena<Long> arena = new Arena<>(SLAB, this::allocate, held::remove);
    private final List<Arena.Block<Long>> taken = new ArrayList<>();

    private Long allocate(long floats) {
        held.add(floats);
        return floats;
    }

    @AfterEach
    void freedSlabsAreReleased() {
        taken.forEach(arena::free);
        arena.shrinkTo(0);
        assertThat(held).isEmpty();
    }

    @Test
    void blocksInUseNeverOverlap() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            if (taken.size() > 40 || (random.nextBoolean() && !taken.isEmpty())) {
                arena.free(taken.remove(random.nextInt(taken.size())));
            } else {
                int length = random.nextInt(100_000);
                Arena.Block<Long> block = arena.allocate(length);
                assertThat(block.floats()).isPositive().isGreaterThanOrEqualTo(length);
                assertThat(block.offset() + block.floats()).isLessThanOrEqualTo(block.memory());
                assertThat(taken).noneMatch(other -> overlap(block, other));
                taken.add(block);
            }
        }
    }

    @Test
    void allocatesTheLowestBlockThatFits() {
        Arena.Block<Long> wide = take(1000);
        take(16);
        Arena.Block<Long> narrow = take(100);
        take(16);
        free(wide);
        free(narrow);
        assertThat(take(90).offset()).isEqualTo(wide.offset());
        assertThat(take(960).offset()).isGreaterThan(narrow.offset());
        assertThat(take(900).offset()).isEqualTo(wide.offset() + 96);
    }

    @Test
    void mergesFreeNeighbors() {
        List<Arena.Block<Long>> parts = List.of(take(SLAB / 4), take(SLAB / 2), take(SLAB / 4));
        for (int part : new int[] {0, 2, 1}) {
            free(parts.get(part));
        }
        take(SLAB);
        assertThat(held).containsExactly(SLAB);
    }

    @Test
    void shrinkingKeepsUsedSlabs() {
        take(10);
        Arena.Block<Long> large = take(SLAB + 16);
        free(large);
        arena.shrinkTo(SLAB + 32);
        assertThat(held).containsExactly(SLAB, SLAB + 16);
        arena.shrinkTo(SLAB + 31);
        assertThat(held).containsExactly(SLAB);
    }

    @Test
    void onlyAllocatedMemoryCountsAsResident() {
        free(take(160));
        take(32);
        assertThat(arena.peak()).isEqualTo(160);
        free(take(SLAB));
        arena.shrinkTo(0);
        assertThat(arena.peak()).isEqualTo(160 + SLAB);
        take(320);
        assertThat(arena.peak()).isEqualTo(160 + SLAB);
    }

    private Arena.Block<Long> take(long floats) {
        Arena.Block<Long> block = arena.allocate(floats);
        taken.add(block);
        return block;
    }

    private void free(Arena.Block<Long> block) {
        taken.remove(block);
        arena.free(block);
    }

    private static boolean overlap(Arena.Block<Long> a, Arena.Block<Long> b) {
        return a.slab() == b.slab() && a.offset() < b.offset() + b.floats() && b.offset() < a.offset() + a.floats();
    }
}
