package da3.train.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SceneCheckTest {

    private final TrainingScene scene = new PlaneScenes(1, 2, 14, 14).read(0);

    @Test
    void acceptsValidTruth() {
        assertThatCode(() -> SceneCheck.check(scene, "a")).doesNotThrowAnyException();
    }

    @Test
    void namesDepthThatIsNotFinite() {
        scene.depth()[200] = Float.NaN;
        assertThatThrownBy(() -> SceneCheck.check(scene, "shard 3, scene 1"))
                .isInstanceOf(IOException.class)
                .hasMessage("the depth of shard 3, scene 1, view 1 must be finite and at least 0, got NaN at pixel 4");
    }

    @Test
    void namesAViewWithoutDepth() {
        Arrays.fill(scene.depth(), 0, 196, 0);
        assertThatThrownBy(() -> SceneCheck.check(scene, "a"))
                .hasMessage("the depth of a, view 0 must be known in at least one pixel, got none");
    }

    @Test
    void namesAPoseThatIsNotRigid() {
        scene.extrinsics()[0] = 2;
        assertThatThrownBy(() -> SceneCheck.check(scene, "a")).hasMessageContaining("the camera pose of a, view 0");
    }
}
