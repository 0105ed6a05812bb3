package da3.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * A path and HTTP method with its handler.
 *
 * @param path path in Javalin's syntax: {@code {name}} matches one segment, {@code <name>} one or more
 * @param open whether it is served without a token
 */
record Route(HandlerType method, String path, boolean open, Handler handler) {

    static Route open(String method, String path, Handler handler) {
        return new Route(HandlerType.findOrCreate(method), path, true, handler);
    }

    static Route guarded(String method, String path, Handler handler) {
        return new Route(HandlerType.findOrCreate(method), path, false, handler);
    }
}
