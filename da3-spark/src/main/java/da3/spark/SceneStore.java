package da3.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The output directory of scenes. The folder of a scene, named after its id, contains the exports and {@value #RESULT}. It
 * appears complete or not at all, so its existence shows that the scene is done.
 */
interface SceneStore {

    /** The file with the result of a scene as JSON. */
    String RESULT = "scene.json";

    /** Returns the store at a path or URI. */
    static SceneStore of(String directory) {
        Location location = Location.of(directory);
        return location.isLocal()
                ? new LocalSceneStore(location.local().toAbsolutePath())
                : new HadoopSceneStore(location.hadoop());
    }

    /** Returns the content of {@value #RESULT} of a scene; empty if the scene is not done. */
    Optional<String> result(String id) throws IOException;

    /** Begins the folder of a scene. */
    Draft begin(String id) throws IOException;

    /** The folder of a scene that is being computed. Closing it discards what was not committed. */
    interface Draft extends AutoCloseable {

        /** Returns the local folder to write to. */
        Path folder();

        /** Returns the path or URI that the folder will have. */
        String target();

        /**
         * Makes the folder visible. If another task has done the scene in the meantime, its folder, with the same
         * contents, is kept.
         */
        void commit() throws IOException;

        @Override
        void close() throws IOException;
    }
}
