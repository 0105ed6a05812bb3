package da3.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.wire.OptionsJson;
import da3.server.wire.TaskOptions;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is asked of a service besides photos.
 *
 * @param options what is computed and written
 * @param name of the task; without one it is called after its first file
 * @param framesPerSecond that are taken of a video; only with one
 */
public record BackendOptions(TaskOptions options, Optional<String> name, OptionalDouble framesPerSecond) {

    public static BackendOptions of(TaskOptions options) {
        return new BackendOptions(options, Optional.empty(), OptionalDouble.empty());
    }

    public BackendOptions withName(String name) {
        return new BackendOptions(options, Optional.of(name), framesPerSecond);
    }

    public BackendOptions withFramesPerSecond(double framesPerSecond) {
        return new BackendOptions(options, name, OptionalDouble.of(framesPerSecond));
    }

    /** The fields of a request. */
    ObjectNode json() {
        ObjectNode json = OptionsJson.of(options);
        name.ifPresent(text -> json.put("name", text));
        framesPerSecond.ifPresent(rate -> json.put("fps", rate));
        return json;
    }
}
