package da3.train.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of numbers that {@link CsvLog} wrote.
 *
 * @param columns names of the columns; the first is that of the step
 * @param rows values of the columns in every row; may be NaN
 */
record CsvTable(List<String> columns, List<double[]> rows) {

    /** A table without columns and rows. */
    static final CsvTable EMPTY = new CsvTable(List.of(), List.of());

    /**
     * Reads a table; a last line without a line break was cut off and is ignored. Returns an empty table if the file does not exist.
     *
     * @throws IOException if the file cannot be read or a value is not a number; the message names file and line
     */
    static CsvTable read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return EMPTY;
        }
        String text = Files.readString(file);
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (lines.isEmpty()) {
            return EMPTY;
        }
        List<String> columns = List.of(lines.get(0).split(","));
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (cells.length != columns.size()) {
                throw new IOException("line " + (i + 1) + " of " + file + " must have " + columns.size()
                        + " values, got " + cells.length);
            }
            rows.add(numbers(cells, "line " + (i + 1) + " of " + file));
        }
        return new CsvTable(columns, rows);
    }

    private static double[] numbers(String[] cells, String where) throws IOException {
        double[] row = new double[cells.length];
        for (int i = 0; i < row.length; i++) {
            try {
                row[i] = Double.parseDouble(cells[i]);
            } catch (NumberFormatException e) {
                throw new IOException(where + " must have numbers, got " + cells[i], e);
            }
        }
        return row;
    }

    /** Returns the names of the columns after the step. */
    List<String> names() {
        return columns.isEmpty() ? List.of() : columns.subList(1, columns.size());
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    /** Returns the values of a column; the first column has the steps. */
    double[] values(String column) {
        int index = columns.indexOf(column);
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }

    /** Returns the steps of the rows. */
    double[] steps() {
        return rows.stream().mapToDouble(row -> row[0]).toArray();
    }
}
