package da3.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ErrorMessageTest {

    @Test
    void fileSystemExceptionsBecomeSentences() {
        assertThat(ErrorMessage.of(new UncheckedIOException(new NoSuchFileException("a"))))
                .isEqualTo("a does not exist");
        assertThat(ErrorMessage.of(new NoSuchFileException("a", null, "is not in the cache")))
                .isEqualTo("a is not in the cache");
        assertThat(ErrorMessage.of(new AccessDeniedException("a"))).isEqualTo("a: permission denied");
        assertThat(ErrorMessage.of(new FileAlreadyExistsException("a"))).isEqualTo("a already exists");
        assertThat(ErrorMessage.of(new NotDirectoryException("a"))).isEqualTo("a must be a directory, but is a file");
    }

    @Test
    void unexpectedFailuresAreNamedByClass() {
        assertThat(ErrorMessage.of(new NullPointerException("b\u0007")))
                .isEqualTo("unexpected NullPointerException: b?");
        assertThat(ErrorMessage.isExpected(new NullPointerException("b"))).isFalse();
        assertThat(ErrorMessage.isExpected(new IOException((String) null))).isFalse();
        assertThat(ErrorMessage.isExpected(new UncheckedIOException(new IOException("b"))))
                .isTrue();
        assertThat(ErrorMessage.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo("out of memory (Java heap space): use fewer or smaller images, a lower resolution, or a"
                        + " larger heap (-Xmx)");
    }
}
