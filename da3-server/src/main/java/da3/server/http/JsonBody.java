package da3.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.server.wire.SafeText;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** A body that is one JSON object. */
final class JsonBody {

    private JsonBody() {}

    /** A form of another site could send JSON as plain text, so that the type counts. */
    static boolean isJson(Context ctx) {
        String type = ctx.contentType();
        return type != null && mediaType(type).equals("application/json");
    }

    static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    static ObjectNode read(Context ctx, long maxBytes, Duration total) throws IOException {
        if (!isJson(ctx)) {
            throw new HttpError(
                    415,
                    Check.message(
                            "type of the body",
                            "application/json",
                            SafeText.shortened(String.valueOf(ctx.contentType()))));
        }
        RequestBody body = new RequestBody(ctx, maxBytes, total);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            bytes.write(buffer, 0, n);
        }
        return Json.parseObject(bytes.toByteArray(), "the body");
    }
}
