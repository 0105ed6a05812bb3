package da3.evaluation;

import java.io.IOException;
import java.util.List;

/** Scenes to evaluate on, loaded one at a time. */
public interface Suite {

    /**
     * Returns the suite in words, with every option that its scenes follow from: suites of one description have the same
     * scenes.
     */
    String description();

    /** Returns the ids of the scenes, in order, each once. */
    List<String> scenes();

    /**
     * Loads a scene.
     *
     * @param scene one of {@link #scenes}
     * @throws IOException if a file is missing or cannot be read; the message names it
     * @throws IllegalArgumentException if there is no such scene
     */
    EvaluationScene load(String scene) throws IOException;
}
