package da3.train.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.io.ExportDirectory;
import da3.train.data.ArchiveScenes;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file of the settings and the finished scenes of a labeling, as lines of JSON: first the settings, then one line
 * for each scene, written after its archive. An interrupted labeling continues the same file; an incomplete last line is
 * dropped.
 */
final class LabelLog implements AutoCloseable {

    static final String FILE = "labels.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer writer;
    private final Map<Integer, Entry> entries;

    /**
     * A finished scene.
     *
     * @param labeled number of labeled views; without any, the scene has no archive
     * @param unlabeled number of views that could not be labeled
     * @param skipped whether an image could not be used; both numbers are 0 then
     */
    record Entry(int labeled, int unlabeled, boolean skipped) {}

    private LabelLog(Writer writer, Map<Integer, Entry> entries) {
        this.writer = writer;
        this.entries = entries;
    }

    /**
     * Opens or creates the file in a folder and reads the finished scenes, except those whose archive is missing.
     *
     * @param settings values by name, which must be those that the file was created with
     * @throws FileAlreadyExistsException if the folder has archives but no such file
     * @throws IOException if the file cannot be read or written, or has other settings
     */
    static LabelLog open(ExportDirectory folder, Map<String, String> settings) throws IOException {
        Path file = folder.root().resolve(FILE);
        List<String> lines = Files.exists(file) ? completeLines(file) : List.of();
        Map<Integer, Entry> entries = new TreeMap<>();
        if (lines.isEmpty()) {
            requireNoArchives(folder.root());
        } else {
            requireSame(file, settings, object(file, lines.get(0)));
            for (String line : lines.subList(1, lines.size())) {
                read(file, line, entries);
            }
            entries.entrySet()
                    .removeIf(entry -> entry.getValue().labeled() > 0
                            && !Files.isRegularFile(folder.root().resolve(archive(entry.getKey()))));
        }
        List<String> kept = new ArrayList<>(List.of(JSON.valueToTree(settings).toString()));
        entries.forEach((scene, entry) -> kept.add(line(scene, entry)));
        byte[] bytes = (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
        folder.write(FILE, out -> out.write(bytes));
        return new LabelLog(Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND), entries);
    }

    /** Returns the name of the archive of a scene. */
    static String archive(int scene) {
        return "scene-%06d.npz".formatted(scene);
    }

    /** Returns what is known of a scene; empty if it is not finished. */
    Optional<Entry> entry(int scene) {
        return Optional.ofNullable(entries.get(scene));
    }

    /** Appends a scene. */
    void append(int scene, Entry entry) throws IOException {
        writer.write(line(scene, entry) + "\n");
        writer.flush();
        entries.put(scene, entry);
    }

    private static List<String> completeLines(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static void requireNoArchives(Path folder) throws IOException {
        if (!ArchiveScenes.archives(folder).isEmpty()) {
            throw new FileAlreadyExistsException(
                    folder.toString(),
                    null,
                    "must have no archives (*.npz) unless " + FILE + " states how they were labeled; choose another "
                            + "folder, or delete them");
        }
    }

    private static void requireSame(Path file, Map<String, String> settings, JsonNode stored) throws IOException {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            String before = stored.path(setting.getKey()).asText();
            if (!before.equals(setting.getValue())) {
                throw new IOException(Check.message(
                        setting.getKey() + " of a labeling that continues " + file,
                        "\"" + before + "\" as before",
                        "\"" + setting.getValue() + "\"; use another folder for other labels"));
            }
        }
    }

    private static String line(int scene, Entry entry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("scene", scene);
        node.put("labeled", entry.labeled());
        node.put("unlabeled", entry.unlabeled());
        node.put("skipped", entry.skipped());
        return node.toString();
    }

    private static void read(Path file, String line, Map<Integer, Entry> into) throws IOException {
        JsonNode node = object(file, line);
        if (!node.path("scene").isInt()
                || !node.path("labeled").isInt()
                || !node.path("unlabeled").isInt()) {
            throw new IOException("lines of " + file + " must state scene, labeled and unlabeled, got " + line);
        }
        into.put(
                node.path("scene").intValue(),
                new Entry(
                        node.path("labeled").intValue(),
                        node.path("unlabeled").intValue(),
                        node.path("skipped").asBoolean()));
    }

    private static JsonNode object(Path file, String line) throws IOException {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IOException("lines of " + file + " must be JSON objects, got " + line, e);
        }
        throw new IOException("lines of " + file + " must be JSON objects, got " + line);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
