package da3.geometry.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.geometry.Camera;
import da3.geometry.Image;
import da3.geometry.Intrinsics;
import da3.geometry.PointCloud;
import da3.geometry.Pose;
import da3.geometry.ScalarMap;
import da3.geometry.Scene;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.synthetic.Arc;
import da3.synthetic.CameraRig;
import da3.synthetic.SampleScenes;
import da3.synthetic.SyntheticRenderer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointCloudsTest {

    private static final PointCloudOptions ALL =
            PointCloudOptions.defaults().withFilter(PointFilterOptions.everything());

    private static Scene sphere() {
        return SyntheticRenderer.render(
                SampleScenes.sphere(), Arc.orbit(Vec3.ZERO, 3, 0.5, 3).cameras(CameraRig.lens(40, 40, 0.8)), 40, 40);
    }

    /** One view of 4x1 pixels, with confidences 1 to 4 and black, white, red and red. */
    private static Scene row(float... depths) {
        byte[] rgb = {0, 0, 0, -1, -1, -1, -56, 0, 0, -56, 0, 0};
        View view = new View(
                new Image(4, 1, rgb),
                new ScalarMap(4, 1, depths),
                Optional.of(new ScalarMap(4, 1, new float[] {1.5f, 2, 3, 4})),
                Optional.of(new Camera(Pose.IDENTITY, new Intrinsics(2, 2, 2, 0.5))));
        return new Scene(List.of(view), Optional.empty(), true);
    }

    @Test
    void unprojectsDepth() {
        PointCloud cloud = PointClouds.of(row(1, 2, Float.NaN, 4), ALL);
        assertThat(cloud.positions()).containsExactly(-0.75f, 0, 1, -0.5f, 0, 2, 3, 0, 4);
        assertThat(cloud.confidences()).hasValueSatisfying(c -> assertThat(c).containsExactly(1.5f, 2, 4));
        PointCloud sphere = PointClouds.of(sphere(), ALL);
        for (int i = 0; i < sphere.size(); i++) {
            assertThat(point(sphere.positions(), i).norm()).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void omitsLowConfidenceAndBackgroundPixels() {
        PointFilterOptions half = new PointFilterOptions(0, 50, 100, false, false);
        assertThat(PointClouds.of(row(1, 1, 1, 1), ALL.withFilter(half)).size()).isEqualTo(2);
        PointFilterOptions background = new PointFilterOptions(1.2, 0, 100, true, true);
        assertThat(PointClouds.of(row(1, 1, 1, 1), ALL.withFilter(background)).colors())
                .containsExactly(-56, 0, 0, -56, 0, 0);
    }

    @Test
    void voxelsContainTheMeanOfTheirPoints() {
        PointCloud cloud = new PointCloud(
                new float[] {0.1f, 0.1f, 0.1f, -0.1f, 0, 0, 0.3f, 0.5f, 0.9f},
                new byte[] {10, 20, 30, 7, 7, 7, 20, 40, (byte) 200},
                Optional.empty(),
                Optional.of(new float[] {1, 5, 3}));
        VoxelGrid grid = VoxelGrid.of(cloud, 1);
        assertThat(grid.means().positions()).containsExactly(0.2f, 0.3f, 0.5f, -0.1f, 0, 0);
        assertThat(grid.means().colors()).containsExactly(15, 30, 115, 7, 7, 7);
        assertThat(grid.means().confidences())
                .hasValueSatisfying(c -> assertThat(c).containsExactly(2, 5));
        assertThat(grid.firsts()).containsExactly(0, 1);
    }

    @Test
    void removesOutliers() {
        PointCloud cloud = PointClouds.of(sphere(), ALL);
        int size = cloud.size();
        float[] positions = Arrays.copyOf(cloud.positions(), 3 * size + 3);
        positions[3 * size] = 1.5f;
        int[] kept = OutlierRemoval.kept(new PointCloud(positions, new byte[positions.length]), 8, 4);
        assertThat(kept.length).isBetween(size * 97 / 100, size);
        assertThat(kept).doesNotContain(size);
    }

    /** Pairs of equal distance, whose mean is rounded down. */
    @Test
    void equallySpacedPointsAreNoOutliers() {
        float d = 1119 / 1024f;
        float[] positions = new float[30];
        for (int pair = 0; pair < 5; pair++) {
            positions[6 * pair] = 100 * pair;
            positions[6 * pair + 3] = 100 * pair + d;
            positions[6 * pair + 4] = d;
            positions[6 * pair + 5] = d;
        }
        assertThat(OutlierRemoval.kept(new PointCloud(positions, new byte[30]), 1, 0.5))
                .hasSize(10);
    }

    @Test
    void rejectsVoxelsThatAreTooSmall() {
        PointCloud cloud = new PointCloud(new float[] {1, 2, 3, 4, 5, 6}, new byte[6]);
        assertThat(VoxelGrid.of(cloud, 1e-15).means().size()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VoxelGrid.of(cloud, 1e-20))
                .withMessageContaining("voxel size for a point 1.0 from the origin must be above ");
    }

    @Test
    void rejectsMapsOfDifferentSizes() {
        View view = row(1, 1, 1, 1).view(0);
        ScalarMap five = new ScalarMap(5, 1, new float[] {1, 1, 1, 1, 1});
        for (View unlike : List.of(
                new View(view.image(), five, Optional.empty(), view.camera()),
                new View(view.image(), view.depth(), Optional.of(five), view.camera()),
                new View(view.image(), view.depth(), Optional.empty(), view.camera(), Optional.of(five)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PointClouds.of(new Scene(List.of(unlike), Optional.empty(), true), ALL))
                    .withMessageContaining("image and maps of view 0 must be of the same size")
                    .withMessageContaining("ScalarMap[5x1]");
        }
    }

    @Test
    void omitsPointsBeyondTheRangeOfFloats() {
        View view = row(1, 1, 1, Float.MAX_VALUE).view(0);
        Camera wide = new Camera(Pose.IDENTITY, new Intrinsics(0.5, 0.5, 2, 0.5));
        Scene scene = new Scene(
                List.of(new View(view.image(), view.depth(), view.confidence(), Optional.of(wide))),
                Optional.empty(),
                true);
        PointCloud cloud = PointClouds.of(scene, ALL.withNormals(3));
        assertThat(cloud.size()).isEqualTo(3);
        for (float coordinate : cloud.positions()) {
            assertThat(coordinate).isFinite();
        }
    }

    @Test
    void normalsPointOutOfTheSphere() {
        PointCloud cloud = PointClouds.of(sphere(), ALL.withVoxelSize(0.08).withNormals(9));
        float[] normals = cloud.normals().orElseThrow();
        double mean = 0;
        for (int i = 0; i < cloud.size(); i++) {
            Vec3 point = point(cloud.positions(), i);
            assertThat(point(normals, i).norm()).isCloseTo(1, within(1e-5));
            mean += point(normals, i).dot(point.times(1 / point.norm())) / cloud.size();
        }
        assertThat(mean).isGreaterThan(0.98);
    }

    @Test
    void normalsOfCollinearPointsFaceTheCamera() {
        PointCloud line = new PointCloud(new float[] {0, 0, 2, 1, 0, 2, 2, 0, 2}, new byte[9]);
        assertThat(PointNormals.of(line, 3, i -> new Vec3(i, 0, 0))).containsExactly(0, 0, -1, 0, 0, -1, 0, 0, -1);
    }

    @Test
    void theSeedDeterminesTheRandomChoice() {
        PointCloud cloud = PointClouds.of(sphere(), ALL);
        PointCloud chosen = cloud.atMost(100, 7);
        assertThat(chosen.size()).isEqualTo(100);
        assertThat(chosen.positions()).isEqualTo(cloud.atMost(100, 7).positions());
        assertThat(chosen.positions()).isNotEqualTo(cloud.atMost(100, 8).positions());
        Set<Vec3> all = new HashSet<>();
        for (int i = 0; i < cloud.size(); i++) {
            all.add(point(cloud.positions(), i));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(all).contains(point(chosen.positions(), i));
        }
        assertThat(cloud.atMost(cloud.size(), 7)).isSameAs(cloud);
    }

    @Test
    void viewsWithoutCamerasUseAPlaceholder() {
        View view = row(1, 1, 1, 1).view(0);
        Scene blind = new Scene(
                List.of(new View(view.image(), view.depth(), view.confidence(), Optional.empty())),
                Optional.empty(),
                false);
        assertThat(PointClouds.of(blind, ALL).size()).isEqualTo(4);
    }

    @Test
    void rejectsAnEmptyScene() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PointClouds.of(new Scene(List.of(), Optional.empty(), true), ALL))
                .withMessageContaining("number of views must be at least 1");
    }

    @Test
    void acceptsAnEmptyCloud() {
        PointCloud none = PointClouds.of(
                row(0, -1, Float.NaN, 0),
                ALL.withVoxelSize(1).withoutOutliers(4, 2).withNormals(5));
        assertThat(none.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsOptionsOutOfRange(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withVoxelSize(value))
                .withMessageContaining("voxel size must be finite and at least 0, got " + value);
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withNormals(2));
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withoutOutliers(4, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withMaxPoints(0, 1));
    }

    private static Vec3 point(float[] values, int i) {
        return new Vec3(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
    }
}
