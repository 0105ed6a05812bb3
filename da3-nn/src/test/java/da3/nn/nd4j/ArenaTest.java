package da3.nn.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArenaTest {

    private final Arena arena = new Arena();
    private final List<Arena.Block> taken = new ArrayList<>();

    @BeforeAll
    static void start() {
        Backend.start(1);
    }

    @AfterEach
    void giveEverythingBack() {
        taken.forEach(arena::give);
        arena.shrinkTo(0);
    }

    @Test
    void blocksInUseNeverOverlap() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            if (taken.size() > 40 || (random.nextBoolean() && !taken.isEmpty())) {
                arena.give(taken.remove(random.nextInt(taken.size())));
            } else {
                int length = 1 + random.nextInt(100_000);
                Arena.Block block = arena.take(length);
                assertThat(block.length()).isGreaterThanOrEqualTo(length);
                assertThat(block.offset() + block.length()).isLessThanOrEqualTo(block.slab().length);
                assertThat(taken).noneMatch(other -> overlap(block, other));
                taken.add(block);
            }
        }
    }

    @Test
    void neighboursGivenBackAreOneBlockAgain() {
        Arena.Block a = arena.take(100);
        Arena.Block b = arena.take(100);
        Arena.Block c = arena.take(100);
        for (Arena.Block block : List.of(a, c, b)) {
            arena.give(block);
        }
        assertThat(a.slab().isUnused()).isTrue();
    }

    @Test
    void theLowestBlockThatFitsIsTaken() {
        Arena.Block wide = take(1000);
        take(16);
        Arena.Block narrow = take(100);
        take(16);
        taken.remove(wide);
        taken.remove(narrow);
        arena.give(wide);
        arena.give(narrow);
        assertThat(take(90).offset()).isEqualTo(wide.offset());
        assertThat(take(960).offset()).isGreaterThan(narrow.offset());
        assertThat(take(900).offset()).isEqualTo(wide.offset() + 96);
    }

    @Test
    void slabsInUseStay() {
        Arena.Block block = take(10);
        arena.shrinkTo(0);
        assertThat(block.slab().memory.buffer.wasClosed()).isFalse();
        taken.remove(block);
        arena.give(block);
        arena.shrinkTo(0);
        assertThat(block.slab().memory.buffer.wasClosed()).isTrue();
    }

    private Arena.Block take(long floats) {
        Arena.Block block = arena.take(floats);
        taken.add(block);
        return block;
    }

    private static boolean overlap(Arena.Block a, Arena.Block b) {
        return a.slab() == b.slab() && a.offset() < b.offset() + b.length() && b.offset() < a.offset() + a.length();
    }
}
