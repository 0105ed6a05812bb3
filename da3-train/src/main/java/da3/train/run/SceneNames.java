package da3.train.run;

import java.util.List;

/**
 * The scenes of a phase or of the validation.
 *
 * @param shards folders of shards or archives
 * @param data names of {@link DataSettings}
 */
public record SceneNames(List<String> shards, List<String> data) {

    static SceneNames read(Section s) {
        return new SceneNames(s.texts("shards"), s.texts("data"));
    }

    /** Returns whether there are no scenes. */
    public boolean isEmpty() {
        return shards.isEmpty() && data.isEmpty();
    }
}
