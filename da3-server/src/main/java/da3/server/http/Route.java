package da3.server.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * One address and method.
 *
 * @param path in Javalin's form: {@code {name}} is one segment, {@code <name>} one or more
 * @param open whether it is served without the token
 */
record Route(HandlerType method, String path, boolean open, Handler handler) {

    static Route open(String method, String path, Handler handler) {
        return new Route(HandlerType.findOrCreate(method), path, true, handler);
    }

    static Route guarded(String method, String path, Handler handler) {
        return new Route(HandlerType.findOrCreate(method), path, false, handler);
    }
}
