package da3.evaluation.suite.dataset;

import java.io.IOException;
import java.util.List;

/** The files of a data set on disk. */
interface DataSet {

    /** Returns the name of the data set and what is particular to its scenes, such as views that are left out. */
    String description();

    /** Returns whether lengths are meters. */
    default boolean isMetric() {
        return true;
    }

    /** Returns the ids of the scenes, in order, each once. */
    List<String> scenes();

    /**
     * Lists the frames of a scene without loading images.
     *
     * @param scene one of {@link #scenes}
     * @throws IOException if a file is missing or malformed; the message names it
     */
    SceneFiles open(String scene) throws IOException;
}
