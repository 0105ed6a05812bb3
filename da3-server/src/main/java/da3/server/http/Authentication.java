package da3.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who is let in: whoever sends the token, or the cookie that the token was exchanged for. */
final class Authentication {

    private static final String COOKIE = "da3_session_";

    private static final String BEARER = "bearer ";
    private static final int MAX_BODY = 4096;

    private final Optional<byte[]> token;
    private final ServerSettings settings;
    private final String session; // one for all: it tells that the token was known, not by whom

    Authentication(ServerSettings settings) {
        this.settings = settings;
        this.token = settings.token().map(Authentication::hash);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.session = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    List<Route> routes() {
        return List.of(Route.open("GET", "/session", this::tell), Route.open("POST", "/session", this::open));
    }

    void require(Context ctx) {
        if (!allows(ctx)) {
            throw new HttpError(
                            401,
                            "the token is missing or wrong: send the header Authorization: Bearer TOKEN,"
                                    + " or open a session at /session")
                    .withHeader("WWW-Authenticate", "Bearer");
        }
    }

    private boolean allows(Context ctx) {
        if (token.isEmpty()) {
            return true;
        }
        String authorization = ctx.header("Authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    && isToken(authorization.substring(BEARER.length()).strip());
        }
        String cookie = ctx.cookie(cookie(ctx));
        return cookie != null && MessageDigest.isEqual(hash(cookie), hash(session));
    }

    /** In a time that tells nothing of how much of it was right. */
    private boolean isToken(String given) {
        return MessageDigest.isEqual(hash(given), token.orElseThrow());
    }

    private void tell(Context ctx) {
        Json.answer(ctx, state(allows(ctx)));
    }

    private void open(Context ctx) throws IOException {
        if (token.isPresent()) {
            ObjectNode body = JsonBody.read(ctx, MAX_BODY, settings.bodyTimeout());
            JsonNode given = Json.fields(body, "token").get("token");
            if (!given.isTextual() || !isToken(given.textValue())) {
                throw new HttpError(401, "the token is wrong: send the one that the service was started with");
            }
            // Not Secure: the service speaks plain HTTP, and what a proxy with TLS says of itself could be anybody's
            // word.
            Cookie cookie = new Cookie(cookie(ctx), session, "/", -1, false, true);
            cookie.setSameSite(SameSite.STRICT);
            ctx.cookie(cookie);
        }
        Json.answer(ctx, state(true));
    }

    private ObjectNode state(boolean authorised) {
        return Json.object().put("token_required", token.isPresent()).put("authorised", authorised);
    }

    /** Cookies are of a host and not of a port, where two services would take each other's away. */
    private static String cookie(Context ctx) {
        return COOKIE + ctx.req().getLocalPort();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every JDK", e);
        }
    }
}
