package da3.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import da3.geometry.PointCloud;
import da3.geometry.Sim3;
import da3.geometry.View;
import da3.geometry.math.Mat3;
import da3.geometry.math.Vec3;
import da3.streaming.store.LoopInfo;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveMapTest {

    @TempDir
    private Path folder;

    /** A viewer that only applies changes ends with the map that a new viewer gets. */
    @Test
    void changesOfEachWindowAddUpToTheMap() throws IOException {
        Oracle oracle = Oracle.circle(9).inMeters();
        LiveMap live = new LiveMap(1_000_000);
        Map<String, Integer> followed = new HashMap<>();
        List<MapChanges> all = new ArrayList<>();
        try (StreamingMap map =
                StreamingMap.open(folder, oracle, StreamingOptions.defaults().withWindow(4, 1))) {
            map.run(oracle.source(), updating(live, map, () -> {
                MapChanges changes = live.changesSince(
                        all.isEmpty() ? 0 : all.get(all.size() - 1).version());
                followed.putAll(changes.tiles());
                all.add(changes);
            }));
            assertThat(all).extracting(MapChanges::frames).containsExactly(4, 7, 9);
            assertThat(all.get(1).poses().keySet()).containsExactly(4, 5, 6);
            assertThat(all.get(0).poses().get(0).translation().norm()).isLessThan(1e-9);
            assertThat(live.changesSince(0).tiles()).isEqualTo(followed);
            assertThat(live.changesSince(3).tiles()).isEmpty();
            assertThat(live.changesSince(3).poses()).isEmpty();
        }
        String tile = followed.keySet().iterator().next();
        assertThat(live.tile(tile).orElseThrow().size()).isEqualTo(followed.get(tile));
        assertThat(live.tile("9_0_0_0")).isEmpty();
    }

    /** Points follow the frames that loops correct: afterwards they are where the corrected map has them. */
    @Test
    void pointsMoveWithCorrectedFrames() throws IOException {
        Oracle oracle = Oracle.circle(24).withNoise(0, 0.01);
        List<View> twice = new ArrayList<>(oracle.truth());
        twice.addAll(oracle.truth().subList(0, 12));
        Oracle walk = new Oracle(twice, 0, 0.01, false);
        LiveMap live = new LiveMap(1_000_000);
        try (StreamingMap map =
                StreamingMap.open(folder, walk, StreamingOptions.defaults().withWindow(6, 2))) {
            map.run(walk.source(), updating(live, map, () -> {}));
            assertThat(map.acceptedLoops()).isNotEmpty();
            MapChanges changes = live.changesSince(0);
            assertThat(changes.loops()).isEqualTo(map.acceptedLoops());
            double cell = MeshExport.medianDepth(map) / 100;
            for (int i = 0; i < map.size(); i++) {
                Vec3 center = map.cameras().get(i).pose().cameraCenter();
                assertThat(changes.poses().get(i).translation().minus(center).norm())
                        .isLessThan(cell);
            }
            LiveMap fresh = new LiveMap(1_000_000);
            fresh.update(map);
            int moved = changes.tiles().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            int direct = fresh.changesSince(0).tiles().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat((double) moved / direct).isBetween(0.8, 1.2);
        }
    }

    @Test
    void cellsGrowWithTheNumberOfPoints() {
        LivePoints points = new LivePoints(500, 0.01);
        points.add(0, cloud(400, 1), 1);
        assertThat(points.size()).isEqualTo(400);
        assertThat(points.changedAfter(0))
                .allSatisfy((id, count) -> assertThat(id).startsWith("0_"));
        points.add(1, cloud(5_000, 1), 2);
        assertThat(points.size()).isBetween(50, 500);
        assertThat(points.cell()).isGreaterThan(0.01);
        // Tiles of the first grid are gone, and viewers learn of it.
        assertThat(points.changedAfter(1)).anySatisfy((id, count) -> {
            assertThat(id).startsWith("0_");
            assertThat(count).isZero();
        });
    }

    /** Cells become larger until points that are far apart are in one. */
    @Test
    void distantPointsStayWithinTheLimit() {
        LivePoints points = new LivePoints(8, 0.01);
        float[] positions = new float[3 * 12];
        for (int i = 0; i < 12; i++) {
            positions[3 * i] = 100 * i;
        }
        points.add(0, new PointCloud(positions, new byte[positions.length]), 1);
        assertThat(points.size()).isBetween(4, 8);
    }

    @Test
    void onlyTilesWithMovedPointsChange() {
        LivePoints points = new LivePoints(10_000, 0.1);
        points.add(0, cloud(100, 1), 1);
        points.add(1, new PointCloud(new float[] {100, 100, 100}, new byte[] {1, 2, 3}), 2);
        points.move(Map.of(1, new Sim3(1, Mat3.IDENTITY, new Vec3(50, 0, 0))), 3);
        assertThat(points.changedAfter(2).values()).containsExactlyInAnyOrder(0, 1);
        String now = points.changedAfter(2).entrySet().stream()
                .filter(tile -> tile.getValue() == 1)
                .findFirst()
                .orElseThrow()
                .getKey();
        PointCloud moved = points.tile(now).orElseThrow();
        assertThat(moved.positions()).containsExactly(150, 100, 100);
        assertThat(moved.colors()).containsExactly(1, 2, 3);
    }

    private static PointCloud cloud(int points, long seed) {
        Random random = new Random(seed);
        float[] positions = new float[3 * points];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = random.nextFloat();
        }
        return new PointCloud(positions, new byte[positions.length]);
    }

    private static StreamingListener updating(LiveMap live, StreamingMap map, Runnable then) {
        return new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {
                update();
            }

            @Override
            public void loopTested(LoopInfo loop) {
                update();
            }

            private void update() {
                try {
                    live.update(map);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                then.run();
            }
        };
    }
}
