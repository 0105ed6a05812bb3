package da3.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A process that begins a conversion, reports it, and continues for a minute. */
final class ConvertSlowly {

    private ConvertSlowly() {}

    public static void main(String[] target) throws IOException {
        Conversion.write(
                new SeededWeights(),
                SmallModels.nested(),
                new ConfigFile(Optional.empty(), Optional.empty()),
                ConversionTarget.of(Path.of(target[0])),
                ConversionOptions.defaults(),
                (stage, done, of) -> pause());
    }

    private static void pause() {
        System.out.println("begun");
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
