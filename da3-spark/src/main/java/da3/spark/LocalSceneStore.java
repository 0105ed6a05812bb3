package da3.spark;

import da3.files.PartialOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Scenes in a directory that all machines have mounted, or of the only machine. */
final class LocalSceneStore implements SceneStore {

    private final Path directory;

    LocalSceneStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> result(String id) throws IOException {
        Path file = directory.resolve(id).resolve(RESULT);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    @Override
    public Draft begin(String id) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve(id);
        PartialOutput output = PartialOutput.beside(target);
        try {
            Files.createDirectory(output.path());
        } catch (IOException e) {
            output.close();
            throw e;
        }
        return new Draft() {
            @Override
            public Path folder() {
                return output.path();
            }

            @Override
            public String target() {
                return target.toString();
            }

            @Override
            public void commit() throws IOException {
                try {
                    output.commit();
                } catch (IOException e) {
                    if (result(id).isEmpty()) {
                        throw e;
                    }
                }
            }

            @Override
            public void close() throws IOException {
                output.close();
            }
        };
    }
}
