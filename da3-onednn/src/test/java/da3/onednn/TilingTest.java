package da3.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilingTest {

    @ParameterizedTest
    @CsvSource({
        "386, 606, 32, 2, 2", // one tile would suffice, but leaves a worker idle
        "386, 96, 32, 2, 6", // five tiles would keep one worker busy for three of them
        "386, 96, 32, 16, 12", // smaller tiles than 32 rows cost more than they gain
        "386, 606, 32, 1, 1",
        "20, 606, 32, 4, 1",
        "1, 606, 32, 4, 1",
        "100000, 0, 32, 2, 3125"
    })
    void everyWorkerGetsAsManyTiles(int size, long maxTileSize, int minTileSize, int workers, int count) {
        Tiling tiling = Tiling.balanced(size, maxTileSize, minTileSize, workers);
        assertEquals(count, tiling.count());
        assertEquals(size, tiling.start(count - 1) + tiling.length(count - 1));
    }

    @Test
    void tilesAreNoLargerThanTheMaximum() {
        for (int size = 1; size < 300; size++) {
            for (int workers = 1; workers < 7; workers++) {
                assertTrue(Tiling.balanced(size, 50, 8, workers).tileSize() <= 50, size + ", " + workers);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "386, 386, 1, 386",
        "386, 170, 4, 97", // three tiles would keep one of two workers busy for two of them
        "193, 40, 8, 25", // five tiles
        "3, 2, 3, 1", // as many tiles as there are rows
        "10, 2, 5, 2", // no tile is empty
        "100, 0, 100, 1"
    })
    void tilesInFoursKeepTwoOrFourWorkersBusy(int size, long maxTileSize, int tiles, int tileSize) {
        Tiling tiling = Tiling.inFours(size, maxTileSize);
        assertEquals(tiles, tiling.count());
        assertEquals(tileSize, tiling.tileSize());
        assertEquals(size, tiling.start(tiles - 1) + tiling.length(tiles - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "1152, 48, 2, 8, 144", // four tiles for each worker
        "384, 48, 2, 8, 48",
        "384, 48, 16, 8, 48", // not smaller than the minimum
        "400, 48, 2, 7, 64", // a multiple of 16
        "30, 48, 2, 1, 48",
    })
    void fineTilesAreSeveralForEachWorker(int size, int min, int workers, int tiles, int tileSize) {
        Tiling tiling = Tiling.fine(size, min, workers);
        assertEquals(tiles, tiling.count());
        assertEquals(tileSize, tiling.tileSize());
        assertEquals(size, tiling.start(tiles - 1) + tiling.length(tiles - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "973, 256, 4, 256, 205",
        "7784, 64, 122, 64, 40",
        "100, 34, 3, 48, 4", // as many tiles as before
        "20, 20, 1, 20, 20", // not larger than the range
    })
    void tilesOfAMultipleLeaveTheRestToTheLast(int size, int max, int tiles, int tileSize, int last) {
        Tiling tiling = Tiling.of(size, max).withMultiplesOf(16);
        assertEquals(tiles, tiling.count());
        assertEquals(tileSize, tiling.tileSize());
        assertEquals(last, tiling.length(tiles - 1));
    }

    @Test
    void productsOfOneViewHaveTwoTilesForEachWorker() {
        assertEquals(4, FusedLinear.tiling(2, 973, 768, 3072).count());
        assertEquals(2, FusedLinear.tiling(1, 973, 768, 3072).count());
        assertEquals(512, FusedLinear.tiling(2, 8 * 512, 768, 3072).tileSize());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 193, 973, 1501, 7784, 40_000})
    void tilesOfQueriesAreMultiplesOf16(int tokens) {
        Tiling tiling = MultiHeadAttention.queryTiling(tokens);
        assertTrue(tiling.count() == 1 || tiling.tileSize() % 16 == 0, () -> "tiles of " + tiling.tileSize());
        assertTrue(tiling.tileSize() <= 256, () -> "tiles of " + tiling.tileSize());
    }
}
