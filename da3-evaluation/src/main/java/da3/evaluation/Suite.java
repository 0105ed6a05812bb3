package da3.evaluation;

import java.io.IOException;
import java.util.List;

/** A set of scenes for evaluation, loaded one at a time. */
public interface Suite {

    /**
     * Returns a description of the suite with every option that determines its scenes; suites with equal descriptions
     * have the same scenes.
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
