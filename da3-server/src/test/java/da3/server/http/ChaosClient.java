package da3.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A client that sends valid, damaged and abandoned requests, and records the responses. */
final class ChaosClient implements Runnable {

    private static final String FIELDS = "mini_npz-glb";

    private final ChaosProcess service;
    private final ChaosLedger ledger;
    private final byte[] large;
    private final Random random;

    /** @param large image file with many bytes and pixels */
    ChaosClient(ChaosProcess service, ChaosLedger ledger, byte[] large, long seed) {
        this.service = service;
        this.ledger = ledger;
        this.large = large;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (ledger.isOpen()) {
            try {
                act(service.port());
            } catch (IOException e) {
                ledger.count("cut off"); // by a kill, or by a rejection before the whole body was sent
                pause(50);
            }
        }
    }

    private void act(int port) throws IOException {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> upload(port, SampleImages.png(random.nextInt(100)));
            case 3 -> upload(port, large);
            case 4, 5 -> upload(port, damaged());
            case 6 -> abandon(port);
            case 7 -> cancel(port);
            case 8, 9 -> delete(port);
            default -> read(port);
        }
    }

    private void upload(int port, byte[] image) throws IOException {
        byte[] form = ServiceFixture.form(Map.of("export_format", FIELDS), Map.of("a.png", image));
        RawHttp.Reply reply = RawHttp.send(port, ServiceFixture.POST_FORM, form);
        ledger.countResponse(reply.status());
        if (reply.status() == 202) {
            ledger.acknowledged(
                    UUID.fromString(ServiceFixture.json(reply).path("task_id").asText()));
        } else {
            pause(20);
        }
    }

    private byte[] damaged() {
        if (random.nextInt(3) == 0) {
            byte[] nothing = new byte[random.nextInt(5000)];
            random.nextBytes(nothing);
            return nothing;
        }
        byte[] image = random.nextBoolean() ? SampleImages.png(1) : Arrays.copyOf(large, large.length / 8);
        int changes = 1 + random.nextInt(20);
        for (int i = 0; i < changes; i++) {
            image[random.nextInt(image.length)] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(image, random.nextInt(image.length)) : image;
    }

    /** Sends part of a request slowly, and then disconnects or stalls. */
    private void abandon(int port) throws IOException {
        byte[] form = ServiceFixture.form(Map.of("export_format", FIELDS), Map.of("a.png", SampleImages.png(2)));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(RawHttp.head(port, ServiceFixture.POST_FORM + "\r\nContent-Length: " + form.length));
            for (int sent = 0; sent < form.length / 2; sent += 400) {
                socket.getOutputStream().write(form, sent, Math.min(400, form.length / 2 - sent));
                pause(10);
            }
            if (random.nextBoolean()) {
                socket.setSoTimeout(20_000);
                ledger.countResponse(RawHttp.read(socket.getInputStream()).status());
                return;
            }
        }
        ledger.count("abandoned");
    }

    private void cancel(int port) throws IOException {
        UUID id = ledger.any(random);
        if (id != null) {
            ledger.countResponse(
                    RawHttp.send(port, "POST /task/" + id + "/cancel").status());
        }
    }

    private void delete(int port) throws IOException {
        UUID id = ledger.any(random);
        if (id != null) {
            ledger.mayBeDeleted(id); // before the request, since its response may be lost
            ledger.countResponse(RawHttp.send(port, "DELETE /task/" + id).status());
        }
    }

    private void read(int port) throws IOException {
        UUID id = ledger.any(random);
        List<String> paths = id == null
                ? List.of("/tasks")
                : List.of(
                        "/tasks",
                        "/gallery/manifest/results.json",
                        "/metrics",
                        "/task/" + id + "/files",
                        "/task/" + id + "/scene",
                        "/task/" + id + "/files/scene.glb",
                        "/task/" + id + "/result.zip");
        ledger.countResponse(RawHttp.send(port, "GET " + paths.get(random.nextInt(paths.size())))
                .status());
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
