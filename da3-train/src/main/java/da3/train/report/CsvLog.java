package da3.train.report;

import da3.files.PartialOutput;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of numbers as comma-separated values, with one row for each step and the step in the first column. A resumed
 * run continues the same file; rows after the step that it resumes from are dropped.
 */
public final class CsvLog implements AutoCloseable {

    private final Path file;
    private final List<String> columns;
    private final Writer writer;

    private CsvLog(Path file, List<String> columns, Writer writer) {
        this.file = file;
        this.columns = columns;
        this.writer = writer;
    }

    /**
     * Opens a table.
     *
     * @param columns names of the columns; the first is that of the step
     * @param lastStep rows of later steps are dropped
     * @throws IOException if the file cannot be written, or has other columns
     */
    public static CsvLog open(Path file, List<String> columns, long lastStep) throws IOException {
        String header = String.join(",", columns);
        List<String> kept = new ArrayList<>(List.of(header));
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty() && !lines.get(0).equals(header)) {
                throw new IOException("the columns of " + file + " must be " + header + ", got " + lines.get(0));
            }
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                if (isRow(line, columns.size()) && Long.parseLong(line.substring(0, line.indexOf(','))) <= lastStep) {
                    kept.add(line);
                }
            }
        }
        try (PartialOutput partial = PartialOutput.beside(file)) {
            Files.write(partial.path(), kept);
            partial.commit();
        }
        return new CsvLog(
                file,
                List.copyOf(columns),
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
    }

    /** Returns whether a line is complete; the last one may be cut off if the run was killed. */
    private static boolean isRow(String line, int columns) {
        return line.matches("\\d+,.*") && line.chars().filter(c -> c == ',').count() == columns - 1;
    }

    /**
     * Writes a row.
     *
     * @param values values of the columns after the step
     * @throws IllegalArgumentException if the number of values does not match the columns
     */
    public void write(long step, List<? extends Number> values) throws IOException {
        if (values.size() != columns.size() - 1) {
            throw new IllegalArgumentException(
                    "a row of " + file + " must have " + (columns.size() - 1) + " values, got " + values.size());
        }
        StringBuilder row = new StringBuilder().append(step);
        for (Number value : values) {
            row.append(',').append(value instanceof Double d ? Float.toString(d.floatValue()) : value.toString());
        }
        writer.write(row.append('\n').toString());
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
