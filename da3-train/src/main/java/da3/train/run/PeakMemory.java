package da3.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The peak memory of this process on Linux. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:"; // in kB

    private PeakMemory() {}

    /** Returns the peak in megabytes with its unit, or a note that this system does not report it. */
    static String described() throws IOException {
        if (Files.notExists(STATUS)) {
            return "an unknown size";
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000 + " MB at its peak")
                .findFirst()
                .orElse("an unknown size");
    }
}
