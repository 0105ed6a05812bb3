package da3.streaming.frame;

import da3.geometry.Image;
import da3.geometry.check.Check;
import da3.geometry.image.PixelMask;
import da3.io.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** Frames with masks from a folder. */
final class MaskedFrames extends MappedFrames {

    private final Path folder;

    MaskedFrames(FrameSource source, Path folder) {
        super(source);
        this.folder = folder;
    }

    @Override
    public FrameStream open() throws IOException {
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "does not exist");
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        return super.open();
    }

    @Override
    Frame map(Frame frame) throws IOException {
        Path file = folder.resolve(frame.name() + ".png");
        if (!Files.exists(file)) {
            return frame;
        }
        Image mask = Images.read(file);
        Image image = frame.image();
        if (mask.width() != image.width() || mask.height() != image.height()) {
            throw new IOException(Check.message(
                    "size of mask " + file, image.width() + "x" + image.height() + " as its frame", mask));
        }
        return frame.withMask(Optional.of(PixelMask.of(mask)));
    }

    @Override
    String change() {
        return "masks " + folder.getFileName();
    }
}
