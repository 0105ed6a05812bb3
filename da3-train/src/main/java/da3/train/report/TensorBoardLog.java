package da3.train.report;

import da3.files.ProtoMessage;
import da3.geometry.Image;
import da3.io.PngWriter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * An event file that TensorBoard reads: scalars and pictures by step. Field numbers are those of TensorFlow's
 * event.proto and summary.proto.
 *
 * <p>Every start of a run writes a new file in the same folder; TensorBoard combines them. A resumed run first discards
 * events after the step it resumes from.
 */
public final class TensorBoardLog implements AutoCloseable {

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SESSION_START = 1;

    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int RGB = 3;

    private final TfRecords records;

    private TensorBoardLog(TfRecords records) {
        this.records = records;
    }

    /**
     * Creates an event file in a folder.
     *
     * @param step step that the run starts from; TensorBoard discards later events of older files
     */
    public static TensorBoardLog create(Path folder, long step) throws IOException {
        Files.createDirectories(folder);
        String name = "events.out.tfevents.%010d.da3".formatted(System.currentTimeMillis() / 1000);
        Path file = folder.resolve(name);
        for (int i = 1; Files.exists(file); i++) {
            file = folder.resolve(name + "." + i);
        }
        TensorBoardLog log = new TensorBoardLog(
                new TfRecords(new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))));
        log.records.write(event(0).text(FILE_VERSION, "brain.Event:2").toBytes());
        if (step > 0) {
            ProtoMessage start = new ProtoMessage().varint(1, SESSION_START);
            log.records.write(event(step + 1).message(SESSION_LOG, start).toBytes());
        }
        return log;
    }

    /** Writes scalars by tag; the part of a tag before the first slash is its group. */
    public void scalars(long step, Map<String, Double> values) throws IOException {
        ProtoMessage summary = new ProtoMessage();
        values.forEach((tag, value) ->
                summary.message(VALUE, new ProtoMessage().text(TAG, tag).fixed32(SIMPLE_VALUE, value.floatValue())));
        records.write(event(step).message(SUMMARY, summary).toBytes());
    }

    /** Writes a picture. */
    public void picture(long step, String tag, Image image) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        PngWriter.write(image, png);
        ProtoMessage picture = new ProtoMessage()
                .varint(1, image.height())
                .varint(2, image.width())
                .varint(3, RGB)
                .bytes(4, png.toByteArray());
        ProtoMessage value = new ProtoMessage().text(TAG, tag).message(IMAGE, picture);
        records.write(event(step)
                .message(SUMMARY, new ProtoMessage().message(VALUE, value))
                .toBytes());
    }

    private static ProtoMessage event(long step) {
        return new ProtoMessage()
                .fixed64(WALL_TIME, System.currentTimeMillis() / 1e3)
                .varint(STEP, step);
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
