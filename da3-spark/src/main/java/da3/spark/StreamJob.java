package da3.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import da3.geometry.check.Check;
import da3.streaming.StreamingListener;
import da3.streaming.StreamingMap;
import da3.streaming.StreamingOptions;
import da3.streaming.StreamingPart;
import da3.streaming.WindowPredictor;
import da3.streaming.frame.FrameSource;
import da3.streaming.store.Part;
import da3.streaming.store.WindowInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A long sequence whose windows are predicted on many machines, a part of them in each task, and merged into a map on one. The
 * map has the bytes that {@link StreamingMap#run} writes with the same engine and number of threads.
 *
 * <pre>{@code
 * var job = new StreamJob(() -> new StreamJob.Sequence(
 *         FrameSource.folder(Path.of("/mnt/drive")),
 *         WindowPredictor.of(settings.shared(), "DA3-BASE", InferenceOptions.defaults()),
 *         StreamingOptions.defaults()), "/mnt/map", 64);
 * job.run(spark).filter("error IS NOT NULL").show();
 * try (StreamingMap map = job.merge()) {
 *     MapFormat.PLY.write(map, Path.of("/mnt/map"), PointOptions.defaults());
 * }
 * }</pre>
 *
 * @param sequence the sequence, created for each task
 * @param directory directory of the map and its parts, mounted on all machines
 * @param parts number of parts. An interrupted part continues after its last window on another machine, so more parts
 *     than executors make the last ones end sooner; every part reads all frames
 */
public record StreamJob(SerializableSupplier<Sequence> sequence, String directory, int parts) {

    /**
     * The columns of results: number of the part, number of windows that this run predicted, seconds, and file of the part.
     * All but {@code part} are null if it failed with {@code error}.
     */
    public static final StructType SCHEMA =
            StructType.fromDDL("part INT, error STRING, windows INT, seconds DOUBLE, file STRING");

    /**
     * Frames and how they are predicted.
     *
     * @param source frames, which can be read again; they must exist on all machines
     * @param predictor predictor of windows, with a model from {@link ModelSettings#shared}
     * @param options windows and loops
     */
    public record Sequence(FrameSource source, WindowPredictor predictor, StreamingOptions options) {}

    /** @throws IllegalArgumentException if the number of parts is not positive */
    public StreamJob {
        Check.positive("parts", parts);
    }

    /** Returns a row for each part. Parts are predicted when the dataset is first evaluated. */
    public Dataset<Row> run(SparkSession spark) {
        SerializableSupplier<Sequence> supplier = sequence;
        String target = directory;
        int count = parts;
        List<String> numbers =
                IntStream.rangeClosed(1, parts).mapToObj(Integer::toString).toList();
        return new KeyedTasks(
                        "part",
                        true,
                        key -> List.of(
                                predict(supplier.get(), Path.of(target), new Part(Integer.parseInt(key), count))))
                .run(spark, numbers, SCHEMA);
    }

    private static ObjectNode predict(Sequence sequence, Path directory, Part part) throws IOException {
        long start = System.nanoTime();
        int[] windows = {0};
        StreamingListener counter = new StreamingListener() {
            @Override
            public void windowStored(WindowInfo window, int frames) {
                // parts store predictions, which are aligned when they are merged
            }

            @Override
            public void windowPredicted(int window, int frames) {
                windows[0]++;
            }
        };
        try (StreamingPart run = StreamingPart.open(directory, part, sequence.predictor, sequence.options)) {
            run.run(sequence.source, counter);
            return Json.object()
                    .put("part", part.number())
                    .put("windows", windows[0])
                    .put("seconds", (System.nanoTime() - start) / 1e9)
                    .put("file", run.file().toString());
        }
    }

    /**
     * Makes the map from all parts on this machine, and tests loops. The caller closes the map.
     *
     * @throws IOException if a part is missing or has not predicted all of its windows
     */
    public StreamingMap merge() throws IOException {
        Sequence local = sequence.get();
        StreamingMap map = StreamingMap.open(Path.of(directory), local.predictor, local.options);
        try {
            map.merge(local.source, StreamingListener.SILENT);
            return map;
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }
}
