package da3.train.config;

import da3.train.yaml.Section;

/**
 * Settings of the validation of the averaged weights.
 *
 * @param names where the scenes are; empty for no validation
 * @param scenes number of scenes, the first ones
 * @param steps number of steps between two validations
 * @param pictures number of pictures per validation
 * @param bestBy metric that chooses the best checkpoint
 * @param patience number of consecutive validations without improvement after which the run ends; 0 for never
 */
public record ValidationSettings(
        SceneNames names,
        int scenes,
        int views,
        int rows,
        int columns,
        long steps,
        int pictures,
        ValidationMetric bestBy,
        int patience) {

    static ValidationSettings read(Section s) {
        SceneNames names = SceneNames.read(s);
        int patience = s.integer("patience", 0, 0, Integer.MAX_VALUE);
        if (patience > 0 && names.isEmpty()) {
            throw s.invalid("patience", patience, "0 without scenes in validation.shards or validation.data");
        }
        return new ValidationSettings(
                names,
                s.integer("scenes", 32, 1, Integer.MAX_VALUE),
                s.integer("views", 2, 1, 1024),
                PhaseSettings.side(s, "rows", 112),
                PhaseSettings.side(s, "columns", 168),
                s.integer("steps", 500L, 1, Long.MAX_VALUE),
                s.integer("pictures", 4, 0, 1024),
                s.choice("best_by", ValidationMetric.ABS_REL),
                patience);
    }
}
