package da3.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that starts to write a file, prints a line, and then pauses for a minute. */
final class WriteSlowly {

    private WriteSlowly() {}

    public static void main(String[] target) throws IOException, InterruptedException {
        try (PartialOutput output = PartialOutput.beside(Path.of(target[0]))) {
            Files.writeString(output.path(), "half");
            System.out.println("begun");
            Thread.sleep(60_000);
        }
    }
}
