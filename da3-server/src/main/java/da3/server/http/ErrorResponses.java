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

/** Every failure is {@code {"error": sentence}}. What the service did not expect is logged here and not told outside. */
final class ErrorResponses {

    private static final System.Logger LOG = System.getLogger(ErrorResponses.class.getName());

    private ErrorResponses() {}

    static void register(RoutesConfig routes) {
        routes.exception(HttpError.class, ErrorResponses::answer);
        routes.exception(
                HttpResponseException.class, (e, ctx) -> answer(new HttpError(e.getStatus(), sentence(e)), ctx));
        routes.exception(EOFException.class, (e, ctx) -> LOG.log(Level.DEBUG, "a client went away", e));
        routes.exception(Exception.class, ErrorResponses::unexpected);
        routes.error(404, ErrorResponses::nothingThere);
    }

    static ObjectNode body(String sentence) {
        return Json.object().put("error", sentence);
    }

    private static void answer(HttpError refusal, Context ctx) {
        ObjectNode body = body(refusal.getMessage());
        refusal.figures().forEach(body::put);
        refusal.headers().forEach(ctx::header);
        Json.answer(ctx, refusal.status(), body);
    }

    private static void unexpected(Exception e, Context ctx) {
        if (ctx.res().isCommitted()) {
            // The status is sent already: only a connection that breaks tells that what came is not all.
            LOG.log(Level.DEBUG, "an answer was cut off", e);
            ServletContextRequest.getServletContextRequest(ctx.req())
                    .getServletChannel()
                    .abort(e);
            return;
        }
        LOG.log(e instanceof IOException ? Level.WARNING : Level.ERROR, ctx.method() + " " + ctx.path() + " failed", e);
        Json.answer(ctx, 500, body("the service failed at this; its log says why"));
    }

    /** Out of memory, for instance: this request is lost, and others may yet be served. */
    static void fatal(HttpServletResponse response, Error error) {
        LOG.log(Level.ERROR, "a request failed", error);
        response.setStatus(500);
        response.setContentType("application/json");
        try {
            response.getOutputStream()
                    .write(body("the service failed at this; its log says why")
                            .toString()
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a client went away", e);
        }
    }

    private static String sentence(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 -> "there is nothing at this address: see /openapi.json";
            case 405 -> "this address does not take that method: see /openapi.json";
            default -> SafeText.shortened(String.valueOf(e.getMessage()));
        };
    }

    /** What no handler has answered. */
    private static void nothingThere(Context ctx) {
        if (!"application/json".equals(ctx.res().getContentType())) {
            Json.answer(ctx, 404, body("there is nothing at this address: see /openapi.json"));
        }
    }
}
