package da3.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a service that requires a token, and the checks of Host and Origin. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {

    private static final String TOKEN = "0123456789abcdef-secret";

    private ServiceFixture service;

    @BeforeAll
    void start(@TempDir Path workspace) throws Exception {
        service = ServiceFixture.start(workspace, ServerSettings.defaults().withToken(TOKEN));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private RawHttp.Reply get(String pathAndHeaders) throws Exception {
        return RawHttp.send(service.port(), "GET " + pathAndHeaders);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: ",
                "Authorization: Bearer",
                "Authorization: Bearer ",
                "Authorization: Bearer wrong",
                "Authorization: Bearer 0123456789abcde",
                "Authorization: Bearer 0123456789abcdef-secreT",
                "Authorization: Bearer 0123456789abcdef-secret0",
                "Authorization: 0123456789abcdef-secret",
                "Authorization: Basic 0123456789abcdef-secret",
                "Cookie: da3_session_8008=",
                "Cookie: da3_session_8008=0123456789abcdef-secret",
                "Cookie: token=0123456789abcdef-secret",
                "X-Token: 0123456789abcdef-secret"
            })
    void rejectsRequestsWithoutTheToken(String header) throws Exception {
        RawHttp.Reply reply = get("/status" + (header.isEmpty() ? "" : "\r\n" + header));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer");
        assertThat(ServiceFixture.json(reply).path("error").asText()).contains("Authorization: Bearer TOKEN");
    }

    @Test
    void acceptsTheToken() throws Exception {
        assertThat(get("/status\r\nAuthorization: Bearer " + TOKEN).status()).isEqualTo(200);
        assertThat(get("/status\r\nAuthorization: bearer  " + TOKEN).status()).isEqualTo(200);
    }

    @Test
    void guardedRoutesRequireTheToken() throws Exception {
        for (Route route : service.server().routes()) {
            String path =
                    route.path().replace("{id}", new UUID(0, 0).toString()).replaceAll("[{<]\\w+[}>]", "x");
            RawHttp.Reply reply = RawHttp.send(service.port(), route.method() + " " + path);
            if (route.open()) {
                assertThat(reply.status()).as(route.path()).isNotEqualTo(401);
            } else {
                assertThat(reply.status()).as(route.path()).isEqualTo(401);
            }
        }
        assertThat(service.server().routes().stream()
                        .filter(Route::open)
                        .map(Route::path)
                        .distinct())
                .containsExactlyInAnyOrder("/", "/assets/<path>", "/openapi.json", "/healthz", "/readyz", "/session");
    }

    @Test
    void exchangesTheTokenForACookie() throws Exception {
        assertThat(get("/session").text()).isEqualTo("{\"token_required\":true,\"authorized\":false}");
        RawHttp.Reply wrong = session("wrong");
        RawHttp.Reply right = session(TOKEN);
        String cookie = right.headers().get("set-cookie");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.headers()).doesNotContainKey("set-cookie");
        assertThat(right.text()).isEqualTo("{\"token_required\":true,\"authorized\":true}");
        assertThat(cookie)
                .startsWith("da3_session_" + service.port() + "=")
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain(TOKEN);
        String header = "\r\nCookie: " + cookie.substring(0, cookie.indexOf(';'));
        assertThat(get("/status" + header).status()).isEqualTo(200);
        assertThat(get("/session" + header).text()).contains("\"authorized\":true");
        assertThat(get("/status" + header + "x").status()).isEqualTo(401);
    }

    private RawHttp.Reply session(String token) throws Exception {
        return RawHttp.send(
                service.port(),
                "POST /session\r\nContent-Type: application/json",
                ("{\"token\":\"" + token + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void requiresATokenForOtherMachines() {
        ServerSettings open = ServerSettings.defaults().withAddress("0.0.0.0", 0);

        assertThatThrownBy(() -> Da3Server.start(open, service.tasks(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("host 0.0.0.0 can be reached from other machines, and no token is set");
        assertThatThrownBy(() -> ServerSettings.defaults().withToken("short"))
                .hasMessage("token must be 16 to 256 printable ASCII characters, got 5 characters");
    }

    @Test
    void acceptsAnyAddressButOnlyAllowedNamesOnAllInterfaces() throws Exception {
        ServerSettings everywhere = ServerSettings.defaults()
                .withAddress("0.0.0.0", 0)
                .withToken(TOKEN)
                .withAllowedHosts(List.of("da3.example"));
        try (Da3Server server = Da3Server.start(everywhere, service.tasks(), service.model())) {
            for (String host : new String[] {"192.168.7.7:80", "[fe80::1]", "da3.example:8008", "LOCALHOST"}) {
                assertThat(RawHttp.send(server.port(), "GET /healthz\r\nHost: " + host)
                                .status())
                        .as(host)
                        .isEqualTo(200);
            }
            assertThat(RawHttp.send(server.port(), "GET /healthz\r\nHost: evil.example")
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void acceptsWritesFromItsOwnPage() throws Exception {
        String own = "\r\nOrigin: http://localhost:" + service.port() + "\r\nSec-Fetch-Site: same-origin";

        assertThat(RawHttp.send(service.port(), "POST /cleanup\r\nAuthorization: Bearer " + TOKEN + own)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void reportsAPortInUse() {
        ServerSettings taken = ServerSettings.defaults().withAddress("127.0.0.1", service.port());

        assertThatThrownBy(() -> Da3Server.start(taken, service.tasks(), service.model()))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on port " + service.port()
                        + " of 127.0.0.1: choose a free port, or 0 for any free port");
    }
}
