package da3.streaming.store;

import da3.geometry.check.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The windows of all parts in a directory. */
public final class PartStores implements AutoCloseable {

    private final List<PartStore> parts = new ArrayList<>();

    private PartStores() {}

    /**
     * Opens the files of all parts.
     *
     * @throws IOException if there are none, one is missing, they are parts of different divisions, or one is open
     */
    public static PartStores open(Path directory) throws IOException {
        int count = count(directory);
        PartStores stores = new PartStores();
        try {
            for (int number = 1; number <= count; number++) {
                Part part = new Part(number, count);
                if (!Files.exists(directory.resolve(part.file()))) {
                    throw new IOException(part + " is missing in " + directory);
                }
                stores.parts.add(PartStore.open(directory, part));
            }
            return stores;
        } catch (IOException | RuntimeException e) {
            try (stores) {
                throw e;
            }
        }
    }

    private static int count(Path directory) throws IOException {
        SortedSet<Integer> counts = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                files.map(file -> Part.ofFile(file.getFileName().toString()))
                        .flatMap(Optional::stream)
                        .forEach(part -> counts.add(part.count()));
            }
        }
        if (counts.isEmpty()) {
            throw new IOException(directory + " contains no parts, which are files such as " + new Part(1, 2).file());
        }
        if (counts.size() > 1) {
            throw new IOException(
                    Check.message("number of parts in " + directory, "the same for all files of parts", counts));
        }
        return counts.first();
    }

    /** Checks a setting of all parts; see {@link PartStore#requireSetting}. */
    public void requireSetting(String name, String value) throws IOException {
        for (PartStore part : parts) {
            part.requireSetting(name, value);
        }
    }

    /**
     * Reads a window.
     *
     * @throws IOException if its part has not computed it, or it cannot be read
     */
    public PredictedWindow window(int number) throws IOException {
        int index = number % parts.size();
        if (!parts.get(index).contains(number)) {
            throw new IOException(new Part(index + 1, parts.size()) + " has not computed window " + number + "; run it"
                    + " again to its end");
        }
        return parts.get(index).window(number);
    }

    @Override
    public void close() throws IOException {
        for (PartStore part : parts) {
            part.close();
        }
    }
}
