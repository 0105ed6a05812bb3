package da3.train.config;

import da3.train.data.Phase;
import da3.train.yaml.Section;
import java.util.List;

/**
 * Labels of a teacher that replace the truth from a step on.
 *
 * @param shards folders of the labeled scenes, as {@code da3 train label} writes them
 * @param fromStep first step with labels
 */
public record LabelSettings(List<String> shards, long fromStep) {

    /** No labels at any step. */
    public static final LabelSettings NONE = new LabelSettings(List.of(), Long.MAX_VALUE);

    static LabelSettings read(Section s) {
        List<String> shards = s.texts("shards");
        if (shards.isEmpty()) {
            throw s.invalid("shards", "none", "a list of at least one folder");
        }
        return new LabelSettings(shards, s.integer("from_step", 0L, 0, Long.MAX_VALUE));
    }

    /**
     * Returns the number of steps of a phase before the labels.
     *
     * @param start first step of the phase
     */
    public long stepsBefore(Phase phase, long start) {
        return Math.max(0, Math.min(phase.steps(), fromStep - start));
    }

    /** Returns the labeled scenes. */
    public SceneNames names() {
        return new SceneNames(shards, List.of());
    }
}
