package escale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    Path home;

    @Test
    void an_entry_is_made_once_however_many_ask_for_it_at_once() {
        var made = new AtomicInteger();

        IntStream.range(0, 8)
                .parallel()
                .forEach(_ -> new Cache(home).directory("thing", empty -> {
                    Files.writeString(empty.resolve("content"), "42");
                    made.incrementAndGet();
                }));

        assertThat(made).hasValue(1);
        assertThat(home.resolve("thing/content")).hasContent("42");
    }

    @Test
    void an_entry_whose_making_failed_is_not_there_and_is_made_anew() {
        var cache = new Cache(home);

        assertThatThrownBy(() -> cache.directory("thing", empty -> {
                    Files.writeString(empty.resolve("half"), "4");
                    throw new IOException("disk full");
                }))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(home.resolve("thing")).doesNotExist();

        cache.directory("thing", empty -> Files.writeString(empty.resolve("content"), "42"));
        assertThat(home.resolve("thing"))
                .isDirectoryContaining("glob:**content")
                .isDirectoryNotContaining("glob:**half");
    }
}
