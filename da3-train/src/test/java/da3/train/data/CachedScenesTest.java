package da3.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedScenesTest {

    private static final int SCENE_BYTES = 2 * 14 * 14 * (3 + 4);

    private final List<Integer> reads = new ArrayList<>();

    private final SceneSource source = new SceneSource() {
        private final PlaneScenes planes = new PlaneScenes(4, 2, 14, 14);

        @Override
        public int scenes() {
            return planes.scenes();
        }

        @Override
        public TrainingScene read(int index) {
            reads.add(index);
            return planes.read(index);
        }

        @Override
        public String name(int index) {
            return planes.name(index);
        }
    };

    @Test
    void keepsTheScenesThatWereUsedLast() throws IOException {
        CachedScenes cached = new CachedScenes(source, 2 * SCENE_BYTES);
        for (int index : new int[] {0, 1, 0, 2, 0, 1}) {
            assertThat(cached.read(index).rgb())
                    .isEqualTo(new PlaneScenes(4, 2, 14, 14).read(index).rgb());
        }
        assertThat(reads).containsExactly(0, 1, 2, 1);
    }

    @Test
    void aSceneThatDoesNotFitIsReadEachTime() throws IOException {
        CachedScenes cached = new CachedScenes(source, SCENE_BYTES - 1);
        cached.read(3);
        cached.read(3);
        assertThat(reads).containsExactly(3, 3);
    }

    @Test
    void joinedSourcesFollowEachOther() throws IOException {
        JoinedScenes joined = new JoinedScenes(List.of(new PlaneScenes(3, 2, 14, 14), source));
        assertThat(joined.scenes()).isEqualTo(7);
        joined.read(4);
        assertThat(reads).containsExactly(1);
        assertThat(joined.name(2)).isEqualTo("plane 2");
        assertThat(joined.name(3)).isEqualTo("plane 0");
    }
}
