package da3.evaluation.run;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Image;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds photos of other places: the last of the scene that is nearest in a suite's order and has the right size. */
final class UnrelatedViews {

    private static final System.Logger LOG = System.getLogger(UnrelatedViews.class.getName());

    private final Suite suite;
    private final List<String> scenes;

    UnrelatedViews(Suite suite) {
        this.suite = suite;
        this.scenes = suite.scenes();
    }

    /** Returns a photo of the size of a scene's photos that is not of that scene; empty if there is none. */
    Optional<Image> find(EvaluationScene scene) {
        int own = scenes.indexOf(scene.id());
        Image like = scene.images().get(0);
        for (String other : nearest(own)) {
            try {
                List<Image> images = suite.load(other).images();
                Image image = images.get(images.size() - 1);
                if (image.width() == like.width() && image.height() == like.height()) {
                    return Optional.of(image);
                }
            } catch (IOException | RuntimeException e) {
                // It is reported when its own turn comes.
                LOG.log(System.Logger.Level.DEBUG, "scene " + other + " lends no photo", e);
            }
        }
        return Optional.empty();
    }

    /** All other scenes: the next one, the one before, the one after the next, and so on. */
    private List<String> nearest(int own) {
        return IntStream.range(1, scenes.size())
                .flatMap(distance -> IntStream.of(own + distance, own - distance))
                .filter(i -> i >= 0 && i < scenes.size())
                .mapToObj(scenes::get)
                .toList();
    }
}
