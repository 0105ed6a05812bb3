package da3.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.wire.OptionsJson;
import da3.server.wire.TaskOptions;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Options of a request to a service.
 *
 * @param options options of the task
 * @param name name of the task; if absent, it gets the name of its first file
 * @param framesPerSecond number of frames per second to extract from a video; absent for images
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

    /** Returns the fields of the request. */
    ObjectNode json() {
        ObjectNode json = OptionsJson.of(options);
        name.ifPresent(text -> json.put("name", text));
        framesPerSecond.ifPresent(rate -> json.put("fps", rate));
        return json;
    }
}
