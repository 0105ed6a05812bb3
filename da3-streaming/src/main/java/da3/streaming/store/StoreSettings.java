package da3.streaming.store;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The version of a segment file and the settings of the run that wrote it. */
final class StoreSettings {

    private static final int VERSION = 1;
    private static final int SETTING = 2;

    private final Path file;
    private final String currentVersion;
    private final Map<String, String> settings = new HashMap<>();
    private String version; // null in a new file

    StoreSettings(Path file, String currentVersion) {
        this.file = file;
        this.currentVersion = currentVersion;
    }

    /** Reads a segment and returns whether it is a version or a setting. */
    boolean recover(SegmentFile.Found segment) {
        switch (segment.type()) {
            case VERSION -> version = Payloads.text(segment.payload());
            case SETTING -> add(Payloads.text(segment.payload()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void add(String text) {
        int separator = text.indexOf('\n');
        settings.put(text.substring(0, separator), text.substring(separator + 1));
    }

    /**
     * Writes the version to a new file, or checks that of another one.
     *
     * @throws IOException if it is another version
     */
    void requireVersion(SegmentFile segments) throws IOException {
        if (version == null) {
            segments.commit(List.of(Segment.encode(VERSION, Payloads.text(currentVersion))));
            version = currentVersion;
        } else if (!version.equals(currentVersion)) {
            throw new IOException(Check.message("version of " + file, currentVersion, version));
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /**
     * Records a setting, or checks that it has not changed.
     *
     * @param name name of the setting, without line breaks
     * @param changeable whether it may change, because the file has no results yet
     * @throws IllegalArgumentException if it has changed and must not
     */
    void require(SegmentFile segments, String name, String value, boolean changeable) throws IOException {
        String stored = settings.get(name);
        if (value.equals(stored)) {
            return;
        }
        if (stored != null && !changeable) {
            throw Check.invalid(
                    name + " of a run that continues " + file,
                    "\"" + stored + "\" as before",
                    "\"" + value + "\"; use another directory for a new run");
        }
        segments.commit(List.of(Segment.encode(SETTING, Payloads.text(name + "\n" + value))));
        settings.put(name, value);
    }
}
