package da3.evaluation.run;

import da3.evaluation.EvaluationScene;
import da3.evaluation.Suite;
import da3.geometry.Image;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds photos of other places: the last of the next scene in a suite's order that has the size that is asked for. */
final class Strangers {

    private static final System.Logger LOG = System.getLogger(Strangers.class.getName());

    private final Suite suite;
    private final List<String> scenes;

    Strangers(Suite suite) {
        this.suite = suite;
        this.scenes = suite.scenes();
    }

    /** Returns a photo of the size of a scene's photos that is not of that scene; empty if there is none. */
    Optional<Image> find(EvaluationScene scene) {
        int own = scenes.indexOf(scene.id());
        Image like = scene.images().get(0);
        for (int i = 1; i < scenes.size(); i++) {
            String other = scenes.get((own + i) % scenes.size());
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
}
