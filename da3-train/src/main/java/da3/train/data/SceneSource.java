package da3.train.data;

import java.io.Closeable;
import java.io.IOException;

/** Scenes that can be read by number. Implementations can be read from several threads. */
public interface SceneSource extends Closeable {

    /** Returns the number of scenes. */
    int scenes();

    /**
     * Reads a scene.
     *
     * @param index 0 to {@link #scenes()} less 1
     * @throws IOException if it cannot be read; the message names the file
     */
    TrainingScene read(int index) throws IOException;

    /**
     * Returns the number of views of a scene.
     *
     * @param index as in {@link #read}
     * @throws IOException if it cannot be read; the message names the file
     */
    default int views(int index) throws IOException {
        return read(index).views();
    }

    /** Returns the name of a scene for messages, for instance its file and number. */
    String name(int index);

    /** Returns whether the views of all scenes have true cameras; otherwise only their depth is truth. */
    default boolean hasCameras() {
        return true;
    }

    /**
     * Returns whether the views of a scene have true cameras.
     *
     * @param index as in {@link #read}
     */
    default boolean hasCameras(int index) {
        return hasCameras();
    }

    /** Returns whether the views have depth; without it, they can be labeled but not trained on. */
    default boolean hasDepth() {
        return true;
    }

    /** Closes the files that are open; most sources keep none. */
    @Override
    default void close() throws IOException {}
}
