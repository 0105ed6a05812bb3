package da3.video;

import da3.geometry.Image;
import da3.io.HeifReader;
import da3.io.IccProfiles;
import da3.io.ImageFormatException;
import da3.io.ImageSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the primary image of HEIF photos with FFmpeg, found by {@link java.util.ServiceLoader}. */
public final class HeifImages implements HeifReader {

    @Override
    public Image read(Path file) throws IOException {
        return opened(file, decoder -> {
            Image image = decoder.upright().turn(decoder.stored());
            Optional<byte[]> profile = decoder.profile();
            return profile.isEmpty() ? image : IccProfiles.toSrgb(image, profile.get());
        });
    }

    @Override
    public ImageSize size(Path file) throws IOException {
        return opened(
                file,
                decoder -> decoder.upright().swapsSides()
                        ? new ImageSize(decoder.height(), decoder.width())
                        : new ImageSize(decoder.width(), decoder.height()));
    }

    private interface Reading<T> {
        T of(HeifDecoder decoder) throws IOException;
    }

    private static <T> T opened(Path file, Reading<T> reading) throws IOException {
        try (HeifDecoder decoder = HeifDecoder.open(file)) {
            return reading.of(decoder);
        } catch (VideoException e) {
            throw new ImageFormatException(file, e.problem(), e);
        }
    }
}
