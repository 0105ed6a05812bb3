package da3.evaluation.run;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Image;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds images of other scenes: the last image of the nearest scene, in the order of the suite, that has the right
 * size.
 */
final class UnrelatedViews {

    private static final System.Logger LOG = System.getLogger(UnrelatedViews.class.getName());

    private final Suite suite;
    private final List<String> scenes;

    UnrelatedViews(Suite suite) {
        this.suite = suite;
        this.scenes = suite.scenes();
    }

    /** Returns an image of another scene with the size of the images of a scene; empty if there is none. */
    Optional<Image> find(EvaluationScene scene) {
        int index = scenes.indexOf(scene.id());
        Image own = scene.images().get(0);
        for (String other : nearest(index)) {
            try {
                List<Image> images = suite.load(other).images();
                Image image = images.get(images.size() - 1);
                if (image.width() == own.width() && image.height() == own.height()) {
                    return Optional.of(image);
                }
            } catch (IOException | RuntimeException e) {
                // The failure is reported when that scene is evaluated.
                LOG.log(System.Logger.Level.DEBUG, "scene " + other + " provides no image", e);
            }
        }
        return Optional.empty();
    }

    /** Returns all other scenes by distance: the next one, the previous one, the one after the next, and so on. */
    private List<String> nearest(int index) {
        return IntStream.range(1, scenes.size())
                .flatMap(distance -> IntStream.of(index + distance, index - distance))
                .filter(i -> i >= 0 && i < scenes.size())
                .mapToObj(scenes::get)
                .toList();
    }
}
