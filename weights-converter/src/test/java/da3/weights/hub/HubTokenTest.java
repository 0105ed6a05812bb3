package da3.weights.hub;

import static da3.weights.hub.ScriptedHub.WEIGHTS;
import static da3.weights.hub.ScriptedHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import da3.weights.hub.ScriptedHub.Door;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token is sent only to the endpoint and only over https. */
class HubTokenTest extends HubFixture {

    private static final String TOKEN = "hf_secret";

    private static SSLContext keys;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "hub",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(keytool.waitFor())
                .as(Files.readString(folder.resolve("log")))
                .isZero();
        KeyStore pair = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            pair.load(stream, "password".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(pair, "password".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(pair);
        keys = SSLContext.getInstance("TLS");
        keys.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    @Test
    void isSentOnlyToTheEndpoint() throws IOException {
        secure();
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests())
                .filteredOn(request -> request.door() != Door.STORAGE)
                .isNotEmpty()
                .allMatch(request -> request.authorization().equals(Optional.of("Bearer " + TOKEN)));
        assertThat(hub.requests(Door.STORAGE, WEIGHTS)).isNotEmpty().allMatch(request -> request.authorization()
                .isEmpty());
        assertThat(warnings).isEmpty();
    }

    @Test
    void reportsATokenWithoutAccess() throws IOException {
        secure();
        hub.always(Door.HEAD, "config.json", status(403));
        assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                .hasMessageContaining("HF_TOKEN is set but gives no access")
                .message()
                .doesNotContain(TOKEN);
    }

    @Test
    void rejectsRedirectsFromHttpsToHttp() throws IOException {
        secure();
        try (ScriptedHub plain = new ScriptedHub(Optional.empty()).with(WEIGHTS, CONTENT)) {
            hub.always(Door.GET, WEIGHTS, status(302, "Location", plain.storage() + "/" + WEIGHTS));
            assertThatThrownBy(() -> client().pull(ID, HubProgress.NONE))
                    .isInstanceOf(HubException.class)
                    .hasMessageContaining("http://localhost, expected https");
            assertThat(plain.requests()).isEmpty();
        }
        assertCacheIsValid();
    }

    @Test
    void isNotSentOverHttp() throws IOException {
        assertPulled(client().pull(ID, HubProgress.NONE));
        assertThat(hub.requests()).allMatch(request -> request.authorization().isEmpty());
        assertThat(warnings).singleElement().asString().contains("not https").doesNotContain(TOKEN);
    }

    @Test
    void isNotSentToAnUntrustedHub() throws IOException {
        secure();
        assertThatThrownBy(() -> new HubClient(settings(), super.environment()).pull(ID, HubProgress.NONE))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("failed: ");
        assertThat(pauses).isEmpty();
        assertThat(hub.requests()).isEmpty();
    }

    private void secure() throws IOException {
        hub.close();
        hub = new ScriptedHub(Optional.of(keys)).with("config.json", CONFIG).with(WEIGHTS, CONTENT);
    }

    @Override
    HubSettings settings() {
        return super.settings().withToken(Optional.of(TOKEN));
    }

    @Override
    HubEnvironment environment() {
        return super.environment()
                .withHttp(HubEnvironment.client().sslContext(keys).build());
    }
}
