package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Reads request bodies that are JSON objects. */
final class JsonBody {

    private JsonBody() {}

    /** Returns whether the media type is JSON. It is checked since forms of other sites can send JSON as plain text. */
    static boolean isJson(Context ctx) {
        String type = ctx.contentType();
        return type != null && mediaType(type).equals("application/json");
    }

    /** Returns a media type in lowercase, without parameters. */
    static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the body of a request.
     *
     * @param timeout maximum duration of reading
     * @throws HttpError if the type is not JSON, or the body is malformed, too large or too slow
     */
    static ObjectNode read(Context ctx, long maxBytes, Duration timeout) throws IOException {
        if (!isJson(ctx)) {
            throw new HttpError(
                    415,
                    Check.message(
                            "type of the body",
                            "application/json",
                            SafeText.sanitize(String.valueOf(ctx.contentType()))));
        }
        RequestBody body = new RequestBody(ctx, maxBytes, timeout);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            bytes.write(buffer, 0, n);
        }
        return Json.parseObject(bytes.toByteArray(), "the body");
    }
}
