package da3.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has held, as Linux knows it. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:"; // in kB

    private PeakMemory() {}

    /** Returns the peak in megabytes with its unit, or that this system does not tell it. */
    static String described() throws IOException {
        if (Files.notExists(STATUS)) {
            return "a size that this system does not tell";
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000 + " MB at its peak")
                .findFirst()
                .orElse("a size that this system does not tell");
    }
}
