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
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private final List<String> names;
    private final Map<Integer, Entry> entries;

    /**
     * A finished scene.
     *
     * @param labeled number of labeled views; without any, the scene has no archive
     * @param unlabeled number of views that could not be labeled
     */
    record Entry(int labeled, int unlabeled) {}

    private LabelLog(Writer writer, List<String> names, Map<Integer, Entry> entries) {
        this.writer = writer;
        this.names = names;
        this.entries = entries;
    }

    /**
     * Opens or creates the file in a folder and reads the finished scenes, except those whose archive is missing.
     *
     * @param settings values by name, which must be those that the file was created with
     * @param names names of all scenes, which must be those of the finished scenes
     * @throws FileAlreadyExistsException if the folder has archives but no such file
     * @throws IOException if the file cannot be read or written, or has other settings or names
     */
    static LabelLog open(ExportDirectory folder, Map<String, String> settings, List<String> names) throws IOException {
        Path file = folder.root().resolve(FILE);
        List<String> lines = Files.exists(file) ? completeLines(file) : List.of();
        Map<Integer, Entry> entries = new TreeMap<>();
        if (lines.isEmpty()) {
            requireNoArchives(folder.root());
        } else {
            requireSettings(file, settings, object(file, lines.get(0)));
            for (String line : lines.subList(1, lines.size())) {
                read(file, line, names, entries);
            }
            entries.entrySet()
                    .removeIf(entry -> entry.getValue().labeled() > 0
                            && !Files.isRegularFile(folder.root().resolve(archive(entry.getKey()))));
        }
        List<String> kept = new ArrayList<>(List.of(JSON.valueToTree(settings).toString()));
        entries.forEach((scene, entry) -> kept.add(line(scene, names.get(scene), entry)));
        byte[] bytes = (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8);
        folder.write(FILE, out -> out.write(bytes));
        return new LabelLog(
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND), names, entries);
    }

    /** Returns the name of the archive of a scene. */
    static String archive(int scene) {
        return "scene-%06d.npz".formatted(scene);
    }

    /** Returns whether a scene is finished. */
    boolean contains(int scene) {
        return entries.containsKey(scene);
    }

    /**
     * Returns the sum of all finished scenes.
     *
     * @param skipped number of scenes that were skipped
     */
    LabeledScenes sum(int skipped) {
        Collection<Entry> all = entries.values();
        return new LabeledScenes(
                (int) all.stream().filter(entry -> entry.labeled() > 0).count(),
                all.stream().mapToInt(Entry::labeled).sum(),
                all.stream().mapToInt(Entry::unlabeled).sum(),
                skipped);
    }

    /** Appends a scene. */
    void append(int scene, Entry entry) throws IOException {
        writer.write(line(scene, names.get(scene), entry) + "\n");
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

    private static void requireSettings(Path file, Map<String, String> settings, JsonNode stored) throws IOException {
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            requireSame(file, setting.getKey(), stored.path(setting.getKey()).asText(), setting.getValue());
        }
    }

    private static void requireSame(Path file, String what, String before, String now) throws IOException {
        if (!before.equals(now)) {
            throw new IOException(Check.message(
                    what + " of a labeling that continues " + file,
                    "\"" + before + "\" as before",
                    "\"" + now + "\"; use another folder for other labels"));
        }
    }

    private static String line(int scene, String name, Entry entry) {
        ObjectNode node = JSON.createObjectNode();
        node.put("scene", scene);
        node.put("name", name);
        node.put("labeled", entry.labeled());
        node.put("unlabeled", entry.unlabeled());
        return node.toString();
    }

    private static void read(Path file, String line, List<String> names, Map<Integer, Entry> into) throws IOException {
        JsonNode node = object(file, line);
        int scene = node.path("scene").asInt(-1);
        if (scene < 0
                || scene >= names.size()
                || !node.path("name").isTextual()
                || !node.path("labeled").isInt()
                || !node.path("unlabeled").isInt()) {
            throw new IOException("lines of " + file + " must state scene, below " + names.size()
                    + ", name, labeled and unlabeled, got " + line);
        }
        requireSame(file, "scene " + scene, node.path("name").textValue(), names.get(scene));
        into.put(
                scene,
                new Entry(
                        node.path("labeled").intValue(), node.path("unlabeled").intValue()));
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
