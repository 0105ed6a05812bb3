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

/** Checks that requests carry the token, or the session cookie that a client gets in exchange for it. */
final class Authentication {

    private static final String COOKIE_PREFIX = "da3_session_";

    private static final String BEARER = "bearer ";
    private static final int MAX_BODY_BYTES = 4096;

    private final Optional<byte[]> token;
    private final ServerSettings settings;
    private final String session; // shared by all clients: it proves knowledge of the token, not an identity

    Authentication(ServerSettings settings) {
        this.settings = settings;
        this.token = settings.token().map(Authentication::hash);
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        this.session = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    List<Route> routes() {
        return List.of(Route.open("GET", "/session", this::state), Route.open("POST", "/session", this::createSession));
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
        String cookie = ctx.cookie(cookieName(ctx));
        return cookie != null && MessageDigest.isEqual(hash(cookie), hash(session));
    }

    /** Compares in constant time. */
    private boolean isToken(String given) {
        return MessageDigest.isEqual(hash(given), token.orElseThrow());
    }

    private void state(Context ctx) {
        Json.respond(ctx, state(allows(ctx)));
    }

    private void createSession(Context ctx) throws IOException {
        if (token.isPresent()) {
            ObjectNode body = JsonBody.read(ctx, MAX_BODY_BYTES, settings.bodyTimeout());
            JsonNode given = Json.fields(body, "token").get("token");
            if (!given.isTextual() || !isToken(given.textValue())) {
                throw new HttpError(401, "the token is wrong: send the token that the service was started with");
            }
            // Without the Secure attribute: the service speaks plain HTTP, and cannot trust the headers of a TLS proxy.
            Cookie cookie = new Cookie(cookieName(ctx), session, "/", -1, false, true);
            cookie.setSameSite(SameSite.STRICT);
            ctx.cookie(cookie);
        }
        Json.respond(ctx, state(true));
    }

    private ObjectNode state(boolean authorized) {
        return Json.object().put("token_required", token.isPresent()).put("authorized", authorized);
    }

    /** Contains the port: browsers share cookies between ports, so that two services would overwrite each other's. */
    private static String cookieName(Context ctx) {
        return COOKIE_PREFIX + ctx.req().getLocalPort();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
