package da3.train.label;

/**
 * The result of labeling a data set.
 *
 * @param scenes number of labeled scenes
 * @param views number of labeled views
 * @param left number of views that could not be labeled
 * @param skipped number of scenes with an image that is damaged, of an unknown format or too elongated, in the last call
 */
public record LabeledScenes(int scenes, int views, int left, int skipped) {}
