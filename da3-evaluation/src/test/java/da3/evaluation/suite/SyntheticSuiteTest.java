package da3.evaluation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import da3.evaluation.EvaluationScene;
import da3.evaluation.SurfaceTruth;
import da3.evaluation.surface.TsdfProtocol;
import da3.geometry.View;
import da3.geometry.math.Vec3;
import da3.synthetic.SceneFamily;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticSuiteTest {

    private static final List<SyntheticSuite.Size> SIZES =
            List.of(new SyntheticSuite.Size(14, 28), new SyntheticSuite.Size(28, 14));

    @Test
    void familiesViewsAndSizesAlternate() {
        List<String> ids = new SyntheticSuite(64, 1, 4, SIZES).scenes();
        assertThat(ids).doesNotHaveDuplicates().hasSize(64);
        assertThat(ids.subList(0, 7))
                .containsExactly(
                        "room-3000001-1v-14x28",
                        "street-3000002-1v-14x28",
                        "pile-3000003-1v-14x28",
                        "corridor-3000004-1v-14x28",
                        "low_texture-3000005-1v-14x28",
                        "thin_structures-3000006-1v-14x28",
                        "wide_baseline-3000007-1v-14x28");
        assertThat(ids.get(7)).isEqualTo("room-3000008-2v-14x28");
        assertThat(ids.get(28)).isEqualTo("room-3000029-1v-28x14");
        List<SceneFamily> streets = List.of(SceneFamily.STREET);
        assertThat(new SyntheticSuite(2, 1, 1, SIZES, streets).scenes())
                .containsExactly("street-3000001-1v-14x28", "street-3000002-1v-28x14");
    }

    @Test
    void aSceneIsReproducibleAndMatchesItsId() {
        SyntheticSuite suite = new SyntheticSuite(11, 1, 2, SIZES);
        EvaluationScene scene = suite.load("corridor-3000011-2v-14x28");
        View view = scene.views().get(1);
        assertThat(scene.views()).hasSize(2);
        assertThat(view.image().height()).isEqualTo(14);
        assertThat(view.image().width()).isEqualTo(28);
        assertThat(scene.groups()).containsEntry("family", "corridor").containsEntry("views", "2");
        assertThat(suite.load(scene.id()).views().get(1).image().rgb())
                .isEqualTo(view.image().rgb());
        assertThat(scene.meanDepth().orElseThrow()).isPositive();
    }

    @Test
    void surfacesAreWhatEvaluatedViewsSee() throws IOException {
        EvaluationScene scene = new SyntheticSuite(1, 3, 3, SIZES).load("room-3000001-3v-14x28");
        SurfaceTruth surface = scene.surface().orElseThrow();
        double meanDepth = scene.meanDepth().orElseThrow();
        float[] points = surface.points().load().positions();
        assertThat(points.length / 3).isGreaterThan(4 * 3 * 14 * 28); // views that are not evaluated add points
        assertThat(((TsdfProtocol) surface.protocol().load()).settings().voxelSize())
                .isCloseTo(meanDepth / 100, within(1e-9));
        assertThat(surface.points().load().positions()).containsExactly(points);
        for (int i = 0; i < points.length; i += 300) {
            Vec3 point = new Vec3(points[i], points[i + 1], points[i + 2]);
            assertThat(scene.views()).anySatisfy(view -> {
                Vec3 seen = view.camera().orElseThrow().pose().transform(point);
                assertThat(seen.z()).isBetween(0.0, 2 * meanDepth);
                assertThat(view.camera().orElseThrow().intrinsics().projectX(seen.x(), seen.z()))
                        .isBetween(-1e-3, 28 + 1e-3);
            });
        }
    }

    @Test
    void scenesHaveUpToFiftyViews() {
        SyntheticSuite suite = new SyntheticSuite(1, 50, 50, SIZES);
        assertThat(suite.load("room-3000001-50v-14x28").views()).hasSize(50);
        View first = new SyntheticSuite(1, 1, 1, SIZES)
                .load("room-3000001-1v-14x28")
                .views()
                .get(0);
        assertThat(suite.load("room-3000001-50v-14x28").views().get(0).image().rgb())
                .isEqualTo(first.image().rgb());
    }

    @Test
    void someCamerasOnlyRotate() {
        SyntheticSuite suite = new SyntheticSuite(16, 2, 2, List.of(new SyntheticSuite.Size(14, 14)));
        assertThat(suite.scenes().stream().map(id -> suite.load(id).groups().get("motion")))
                .contains("rotation", "translation");
    }

    @Test
    void rejectsInvalidOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SyntheticSuite(4, 3, 2, SIZES))
                .withMessage(
                        "minimum and maximum number of views must be from 1 to 50 and in ascending order, got 3 and 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new SyntheticSuite(0, 1, 2, SIZES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SyntheticSuite(1, 1, 2, SIZES).load("attic"))
                .withMessageEndingWith("got attic");
    }
}
