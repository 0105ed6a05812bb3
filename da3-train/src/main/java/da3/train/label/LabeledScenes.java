package da3.train.label;

/**
 * The result of labeling a data set.
 *
 * @param scenes number of labeled scenes
 * @param views number of labeled views
 * @param left number of views that could not be labeled
 * @param skipped number of scenes with an image that is damaged, of an unknown format or too elongated
 */
public record LabeledScenes(int scenes, int views, int left, int skipped) {

    static final LabeledScenes NONE = new LabeledScenes(0, 0, 0, 0);

    LabeledScenes plus(LabelLog.Entry entry) {
        return new LabeledScenes(
                scenes + (entry.labeled() > 0 ? 1 : 0),
                views + entry.labeled(),
                left + entry.unlabeled(),
                skipped + (entry.skipped() ? 1 : 0));
    }
}
