package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.server.wire.SafeText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** JSON responses {@code {"error": sentence}}. Unexpected failures are logged, and responses contain no details of them. */
final class ErrorResponses {

    private static final System.Logger LOG = System.getLogger(ErrorResponses.class.getName());

    private static final String INTERNAL_ERROR = "the service failed; its log contains the cause";
    private static final String NOT_FOUND = "no such address: see /openapi.json";

    private ErrorResponses() {}

    static void register(RoutesConfig routes) {
        routes.exception(HttpError.class, ErrorResponses::respond);
        routes.exception(
                HttpResponseException.class, (e, ctx) -> respond(new HttpError(e.getStatus(), sentence(e)), ctx));
        routes.exception(EOFException.class, (e, ctx) -> LOG.log(Level.DEBUG, "a client disconnected", e));
        routes.exception(Exception.class, ErrorResponses::unexpected);
        routes.error(404, ErrorResponses::notFound);
    }

    static ObjectNode body(String sentence) {
        return Json.object().put("error", sentence);
    }

    private static void respond(HttpError error, Context ctx) {
        ObjectNode body = body(error.getMessage());
        error.numbers().forEach(body::put);
        error.headers().forEach(ctx::header);
        Json.respond(ctx, error.status(), body);
    }

    private static void unexpected(Exception e, Context ctx) {
        if (ctx.res().isCommitted()) {
            // The status is already sent: only a broken connection shows the client that the body is incomplete.
            LOG.log(Level.DEBUG, "a response was aborted", e);
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getServletChannel()
                    .abort(e);
            return;
        }
        LOG.log(e instanceof IOException ? Level.WARNING : Level.ERROR, ctx.method() + " " + ctx.path() + " failed", e);
        Json.respond(ctx, 500, body(INTERNAL_ERROR));
    }

    /** Answers after an {@link Error} such as an {@link OutOfMemoryError}; later requests may still succeed. */
    static void fatal(HttpServletResponse response, Error error) {
        LOG.log(Level.ERROR, "a request failed", error);
        response.setStatus(500);
        response.setContentType("application/json");
        try {
            response.getOutputStream().write(body(INTERNAL_ERROR).toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client disconnected", e);
        }
    }

    private static String sentence(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> NOT_FOUND;
            case 405 -> "this address does not support the method: see /openapi.json";
            default -> SafeText.sanitize(String.valueOf(e.getMessage()));
        };
    }

    /** Answers requests that no handler has answered. */
    private static void notFound(Context ctx) {
        if (!"application/json".equals(ctx.res().getContentType())) {
            Json.respond(ctx, 404, body(NOT_FOUND));
        }
    }
}
