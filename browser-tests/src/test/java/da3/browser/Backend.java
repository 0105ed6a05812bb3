package da3.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A separate process that runs {@code da3 backend}, or another command with a server, on a free port. */
final class Backend implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    private final Process process;
    private final URI address;

    private Backend(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts {@code da3 backend} and waits until it accepts requests. */
    static Backend start(Path workspace, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("backend", "--port=0", "--workspace=" + workspace));
        arguments.addAll(List.of(options));
        return of(arguments);
    }

    /** Starts a command and waits until it prints its address. */
    static Backend of(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "da3.cli.Main"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder printed = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                drain(output);
                return new Backend(process, URI.create(address.group()));
            }
        }
        throw new IOException("the process ended without printing an address; its output:\n" + printed);
    }

    URI address() {
        return address;
    }

    /** Kills the process like {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the remaining output, because a full pipe would block the process. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {}
                    } catch (IOException e) {
                        // the process has ended
                    }
                },
                "backend output");
        reader.setDaemon(true);
        reader.start();
    }
}
