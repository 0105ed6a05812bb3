package da3.weights.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest extends HubFixture {

    @ParameterizedTest
    @CsvSource({
        "https://hub.co/x,         https_proxy, http://proxy:3128,  proxy, 3128",
        "https://hub.co/x,         HTTPS_PROXY, proxy,              proxy, 80",
        "HTTPS://hub.co/x,         https_proxy, http://[::1]:9/,    [::1], 9",
        "http://hub.co/x,          HTTP_PROXY,  HTTP://proxy:1,     proxy, 1",
        "http://hub.co/x,          https_proxy, http://proxy:1,     '',    0",
        "https://hub.co/x,         https_proxy, ' ',                '',    0",
        "https://hub.co/x,         ALL,         http://proxy:1,     '',    0",
        "https://hub.co/x,         no_proxy,    hub.co,             '',    0",
        "https://cdn.hub.co/x,     NO_PROXY,    'a, .HUB.co',       '',    0",
        "http://127.0.0.1:9/x,     http_proxy,  http://proxy:1,     '',    0",
        "https://hub.co/x,         no_proxy,    *,                  '',    0",
        "https://xhub.co/x,        no_proxy,    hub.co,             usual, 8",
    })
    void selectsTheProxyOfTheEnvironment(URI uri, String variable, String value, String host, int port) {
        Map<String, String> environment = variable.equalsIgnoreCase("no_proxy")
                ? Map.of(variable, value, "https_proxy", "http://usual:8")
                : Map.of(variable, value);
        List<Proxy> chosen = new Proxies(environment).select(uri);
        assertThat(chosen)
                .containsExactly(
                        host.isEmpty()
                                ? Proxy.NO_PROXY
                                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
    }

    @Test
    void rejectsOtherProxiesWithoutShowingPasswords() {
        for (String invalid : List.of("http://me:secret@proxy:1", "socks5://secret", "http://sec ret", "http://")) {
            Map<String, String> environment = Map.of("HTTPS_PROXY", invalid);
            assertThatThrownBy(() -> new Proxies(environment).select(URI.create("https://hub.co")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("https_proxy must be the address of a proxy, http://host[:port] without a user");
        }
    }

    /** Uses the hub itself as a proxy for a host that does not exist. */
    @Test
    void pullsThroughAProxy() throws Exception {
        Map<String, String> environment = Map.of("http_proxy", hub.endpoint().toString());
        HubEnvironment proxied = environment()
                .withHttp(
                        HubEnvironment.client().proxy(new Proxies(environment)).build());
        HubSettings settings = settings().withEndpoint(URI.create("http://hub.invalid"));
        assertPulled(new HubClient(settings, proxied).pull(ID, HubProgress.NONE));
    }
}
