package da3.streaming.prior;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of fields that are separated by spaces.
 *
 * @param number number of the line in its file, from 1
 * @param fields at least one
 */
record FieldLine(int number, String[] fields) {

    /** Returns the lines of a file that are not blank. {@code #} begins a comment. */
    static List<FieldLine> read(Path file) throws IOException {
        List<FieldLine> read = new ArrayList<>();
        List<String> lines =
                Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                read.add(new FieldLine(i + 1, line.split("\\s+")));
            }
        }
        return read;
    }

    /** Returns the subject of a sentence about this line. */
    String of(Path file) {
        return "line " + number + " of " + file;
    }
}
